import type { PasswordLinkDetails, PasswordReset, Role } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { endSessions } from './account-mutations.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { limitChanges } from './profile-mutations.ts';
import { insertSession } from './session-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Of one person; older ones are forgotten. */
const resetsKept = 5;

/** The owner may for admins and members, an admin for members; whoever runs the machine for all who have a password. */
export async function makePasswordLink(
  transaction: LogTransaction,
  { author, member, secretHash, expiresAt }: MutationOf<'make-password-link'>,
): Result<'make-password-link'> {
  const by = author === null ? undefined : await personById(transaction, author);
  if (by && !mayMakeLink(by.role, 'member')) throw new Refusal('not-allowed');
  const { role } = await personById(transaction, member, 'member-not-found');
  if (!mayMakeLink(by?.role, role)) throw new Refusal('not-allowed');
  if (by) await limitChanges(transaction, by.id);
  await transaction.all('DELETE FROM password_links WHERE expires_at <= ? OR member = ?', transaction.now, member);
  await transaction.all(
    'INSERT INTO password_links (member, secret_hash, expires_at, made_by) VALUES (?, ?, ?, ?)',
    ...[member, secretHash, expiresAt, author],
  );
  return null;
}

/** `by` is undefined for whoever runs the machine. */
function mayMakeLink(by: Role | undefined, role: Role): boolean {
  if (by === undefined) return role !== 'guest';
  return (role === 'member' && by === 'admin') || ((role === 'member' || role === 'admin') && by === 'owner');
}

/** The link is spent, whoever was signed in as that person is out, and their devices are told of nothing more. */
export async function resetPassword(
  transaction: LogTransaction,
  { secretHash, passwordHash, session }: MutationOf<'reset-password'>,
): Result<'reset-password'> {
  const [link] = await transaction.all<{ member: number; made_by: number | null }>(
    'DELETE FROM password_links WHERE secret_hash = ? AND expires_at > ? RETURNING member, made_by',
    secretHash,
    transaction.now,
  );
  if (link === undefined) throw new Refusal('password-link-wrong');
  const { member, made_by: author } = link;
  const { role } = await personById(transaction, member, 'password-link-wrong');
  // A replica of the release before, beside this one, ends no link with a removal or another role.
  const by = author === null ? undefined : await personById(transaction, author, 'password-link-wrong');
  if (!mayMakeLink(by?.role, role)) throw new Refusal('password-link-wrong');
  await transaction.all('UPDATE members SET password_hash = ? WHERE id = ?', passwordHash, member);
  await noteReset(transaction, member, author);
  await endSessions(transaction, { kind: 'end-sessions', member });
  await insertSession(transaction, member, session);
  return { member };
}

async function noteReset(transaction: LogTransaction, member: number, author: number | null): Promise<void> {
  const { now } = transaction;
  await transaction.all('INSERT INTO password_resets (member, made_by, at) VALUES (?, ?, ?)', member, author, now);
  await transaction.all(
    `DELETE FROM password_resets WHERE member = ?1
     AND id NOT IN (SELECT id FROM password_resets WHERE member = ?1 ORDER BY id DESC LIMIT ?2)`,
    member,
    resetsKept,
  );
}

/** When somebody's password was set by a link, and whose that was, the last one first. */
export function readPasswordResets(reader: Connection, member: number): Promise<PasswordReset[]> {
  return reader.all<PasswordReset>(
    `SELECT r.at, m.name AS by FROM password_resets AS r LEFT JOIN members AS m ON m.id = r.made_by
     WHERE r.member = ? ORDER BY r.id DESC`,
    member,
  );
}

/** Those for a person, and those that they made for others. */
export async function forgetPasswordLinks(transaction: LogTransaction, member: number): Promise<void> {
  await transaction.all('DELETE FROM password_links WHERE member = ?1 OR made_by = ?1', member);
}

/** For whom a link is, while it is good. */
export async function readPasswordLink(
  reader: Connection,
  secretHash: string,
  now: number,
): Promise<PasswordLinkDetails> {
  const [row] = await reader.all<PasswordLinkDetails>(
    `SELECT m.name, w.name AS workspace FROM password_links AS l JOIN members AS m ON m.id = l.member JOIN workspace AS w
     WHERE l.secret_hash = ? AND l.expires_at > ? AND m.removed_at IS NULL`,
    secretHash,
    now,
  );
  if (row === undefined) throw new Refusal('password-link-wrong');
  return row;
}
