import type { PasswordLinkDetails } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { endSessions } from './account-mutations.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { limitChanges } from './profile-mutations.ts';
import { insertSession } from './session-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** The owner may for admins and members, an admin for members; whoever runs the machine for all who have a password. */
export async function makePasswordLink(
  transaction: LogTransaction,
  { author, member, secretHash, expiresAt }: MutationOf<'make-password-link'>,
): Result<'make-password-link'> {
  const by = author === null ? undefined : await personById(transaction, author);
  if (by && by.role !== 'owner' && by.role !== 'admin') throw new Refusal('not-allowed');
  const { role } = await personById(transaction, member, 'member-not-found');
  const mayMake = by === undefined || role === 'member' || (role === 'admin' && by.role === 'owner');
  if (!mayMake || role === 'guest') throw new Refusal('not-allowed');
  if (by) await limitChanges(transaction, by.id);
  await transaction.all('DELETE FROM password_links WHERE expires_at <= ? OR member = ?', transaction.now, member);
  await transaction.all(
    'INSERT INTO password_links (member, secret_hash, expires_at, made_by) VALUES (?, ?, ?, ?)',
    ...[member, secretHash, expiresAt, author],
  );
  return null;
}

/** The link is spent, whoever was signed in as that person is out, and their devices are told of nothing more. */
export async function resetPassword(
  transaction: LogTransaction,
  { secretHash, passwordHash, session }: MutationOf<'reset-password'>,
): Result<'reset-password'> {
  const [link] = await transaction.all<{ member: number }>(
    'DELETE FROM password_links WHERE secret_hash = ? AND expires_at > ? RETURNING member',
    secretHash,
    transaction.now,
  );
  if (link === undefined) throw new Refusal('password-link-wrong');
  const { member } = link;
  await personById(transaction, member, 'password-link-wrong');
  await transaction.all('UPDATE members SET password_hash = ? WHERE id = ?', passwordHash, member);
  await endSessions(transaction, { kind: 'end-sessions', member });
  await insertSession(transaction, member, session);
  return { member };
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
