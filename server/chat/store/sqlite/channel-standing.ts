import type { Person } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { ChannelRow } from './channel-rows.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';

/** What somebody is to a channel that they may see, as of this transaction. */
export type Standing = { person: Person; row: ChannelRow; joined: boolean; owner: boolean };

/** A private channel of others is answered like one that doesn't exist. */
export async function standingIn(transaction: LogTransaction, member: number, channel: number): Promise<Standing> {
  const [row] = await transaction.all<ChannelRow & { owner: number | null }>(
    `SELECT c.*, m.owner FROM channels AS c LEFT JOIN memberships AS m ON m.channel = c.id AND m.member = ?
     WHERE c.id = ?`,
    member,
    channel,
  );
  if (row === undefined || (row.private === 1 && row.owner === null)) throw new Refusal('channel-not-found');
  const person = await personById(transaction, member);
  return { person, row, joined: row.owner !== null, owner: row.owner === 1 };
}

/** Its own owners, and the workspace's owner and admins where they can see it. */
export function mayLookAfter({ person, row, owner }: Standing): boolean {
  return row.direct_key === null && (owner || person.role === 'owner' || person.role === 'admin');
}
