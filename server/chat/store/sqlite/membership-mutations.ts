import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { type MembershipRow, membershipOf } from './channel-rows.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Told in the member's own stream: what they set on one device holds on all. */
export async function setMembership(
  transaction: LogTransaction,
  { member, channel, closed, level, muted, favourite, section }: MutationOf<'set-membership'>,
): Result<'set-membership'> {
  const [row] = await transaction.all<MembershipRow & { last_number: number; direct_key: string | null }>(
    `SELECT m.*, c.last_number, c.direct_key FROM memberships AS m JOIN channels AS c ON c.id = m.channel
     WHERE m.member = ? AND m.channel = ?`,
    member,
    channel,
  );
  if (row === undefined) throw new Refusal('channel-not-found');
  if (closed && row.direct_key === null) throw new Refusal('not-allowed');
  const before = membershipOf(row);
  const membership = {
    ...before,
    level: level ?? before.level,
    muted: muted ?? before.muted,
    favourite: favourite ?? before.favourite,
    section: section === undefined ? before.section : section,
    closedNumber: closed === undefined ? before.closedNumber : closed ? row.last_number : null,
  };
  if (JSON.stringify(membership) === JSON.stringify(before)) return null;
  await transaction.all(
    `UPDATE memberships SET level = ?, muted = ?, favourite = ?, section = ?, closed_number = ?
     WHERE member = ? AND channel = ?`,
    membership.level,
    membership.muted ? 1 : 0,
    membership.favourite ? 1 : 0,
    membership.section,
    membership.closedNumber,
    member,
    channel,
  );
  await transaction.append(
    { table: 'members', id: member },
    { kind: 'membership-changed', channel, membership },
    member,
  );
  return null;
}

export async function setSidebar(
  transaction: LogTransaction,
  { member, sidebar }: MutationOf<'set-sidebar'>,
): Result<'set-sidebar'> {
  await personById(transaction, member);
  const changed = await transaction.all(
    'UPDATE members SET sidebar = ?1 WHERE id = ?2 AND sidebar IS NOT ?1 RETURNING id',
    JSON.stringify(sidebar),
    member,
  );
  if (changed.length > 0)
    await transaction.append({ table: 'members', id: member }, { kind: 'sidebar-changed', sidebar }, member);
  return null;
}
