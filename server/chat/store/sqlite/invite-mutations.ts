import type { InvitesEnding } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export type InviteRow = {
  id: number;
  code: string;
  guests: number;
  uses: number;
  maximum_uses: number;
  expires_at: number;
  revoked: number;
  created_by: number;
};

export async function createInvite(
  transaction: LogTransaction,
  { author, clientId, code, guests, maximumUses, expiresAt }: MutationOf<'create-invite'>,
): Result<'create-invite'> {
  await requireInviter(transaction, author);
  const [again] = await transaction.all<{ id: number; code: string }>(
    'SELECT id, code FROM invites WHERE created_by = ? AND client_id = ?',
    author,
    clientId,
  );
  if (again !== undefined) return again;
  const [row] = await transaction.all<{ id: number }>(
    `INSERT INTO invites (code, guests, maximum_uses, expires_at, created_by, client_id)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
    code,
    guests ? 1 : 0,
    maximumUses,
    expiresAt,
    author,
    clientId,
  );
  if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
  return { id: row.id, code };
}

export async function revokeInvite(
  transaction: LogTransaction,
  { author, id }: MutationOf<'revoke-invite'>,
): Result<'revoke-invite'> {
  await requireInviter(transaction, author);
  await transaction.all('UPDATE invites SET revoked = 1 WHERE id = ?', id);
  return null;
}

/** Why this invite lets nobody in any more, if so. */
export function faultInInvite(invite: InviteRow, now: number): Refusal | undefined {
  if (invite.revoked === 1) return new Refusal('invite-revoked');
  if (invite.expires_at <= now) return new Refusal('invite-expired');
  return invite.uses >= invite.maximum_uses ? new Refusal('invite-used-up') : undefined;
}

/** Resolves to the invite's id. */
export async function spendInvite(
  transaction: LogTransaction,
  code: string,
  role: 'member' | 'guest',
): Promise<number> {
  const [invite] = await transaction.all<InviteRow>('SELECT * FROM invites WHERE code = ?', code);
  if (invite === undefined) throw new Refusal('invite-not-found');
  const fault = faultInInvite(invite, transaction.now);
  if (fault !== undefined) throw fault;
  if (role === 'guest' && invite.guests === 0) throw new Refusal('guests-not-allowed');
  await transaction.all('UPDATE invites SET uses = uses + 1 WHERE id = ?', invite.id);
  return invite.id;
}

/**
 * Those that end with a member, `?1`: the one that they came by and those that they have made. Where it isn't known by
 * which one they came, it may have been any.
 */
const endWith = `(created_by = ?1 OR id = (SELECT invite FROM members WHERE id = ?1)
  OR (SELECT invite IS NULL FROM members WHERE id = ?1))`;

export async function endInvitesOf(transaction: LogTransaction, member: number): Promise<void> {
  await transaction.all(`UPDATE invites SET revoked = 1 WHERE revoked = 0 AND ${endWith}`, member);
}

/** What the removal of a member would end; nothing is told to who may not remove anybody. */
export async function readInvitesEnding(
  reader: Pick<Connection, 'all'>,
  { author, member }: { author: number; member: number },
  now: number,
): Promise<InvitesEnding> {
  const [by] = await reader.all(
    "SELECT 1 FROM members WHERE id = ? AND removed_at IS NULL AND role IN ('owner', 'admin')",
    author,
  );
  if (by === undefined) throw new Refusal('not-allowed');
  const [row] = await reader.all<{ links: number; others: number; known: number }>(
    `SELECT (SELECT count(*) FROM invites WHERE revoked = 0 AND uses < maximum_uses AND expires_at > ?2 AND ${endWith}) AS links,
       (SELECT count(*) FROM members WHERE invite = m.invite AND id <> m.id AND removed_at IS NULL) AS others,
       m.invite IS NOT NULL AS known
     FROM members AS m WHERE m.id = ?1 AND m.removed_at IS NULL`,
    member,
    now,
  );
  if (row === undefined) throw new Refusal('member-not-found');
  return { links: row.links, others: row.others, known: row.known === 1 };
}

async function requireInviter(transaction: LogTransaction, member: number): Promise<void> {
  const { role } = await personById(transaction, member);
  if (role !== 'owner' && role !== 'admin') throw new Refusal('not-allowed');
}
