import type { MutationOf, Mutations, NewSession } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';

/** How long the secret before goes on beside one that has arrived, and how long that may be on its way. */
export const previousSecretMs = 60_000;

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export async function insertSession(
  transaction: LogTransaction,
  member: number,
  { secretHash, expiresAt }: NewSession,
): Promise<void> {
  await transaction.all(
    'INSERT INTO sessions (member, secret_hash, opened_at, renewed_at, expires_at) VALUES (?1, ?2, ?3, ?3, ?4)',
    member,
    secretHash,
    transaction.now,
    expiresAt,
  );
}

export async function openSession(
  transaction: LogTransaction,
  { member, session }: MutationOf<'open-session'>,
): Result<'open-session'> {
  await personById(transaction, member); // who was removed since they gave their password comes too late
  await transaction.all('DELETE FROM sessions WHERE member = ? AND expires_at <= ?', member, transaction.now);
  await insertSession(transaction, member, session);
  return null;
}

/**
 * The same session under a new secret: its open sockets stay. Where the new one hasn't arrived in good time, whoever has
 * the one before gets another.
 */
export async function renewSession(
  transaction: LogTransaction,
  { secretHash, session }: MutationOf<'renew-session'>,
): Result<'renew-session'> {
  const renewed = await transaction.all(
    `UPDATE sessions SET previous_hash = ?1, previous_until = ?2, secret_hash = ?3, renewed_at = ?4, expires_at = ?2
     WHERE secret_hash = ?1 OR (previous_hash = ?1 AND previous_until > ?4 + ?5 AND renewed_at + ?5 <= ?4) RETURNING id`,
    secretHash,
    session.expiresAt,
    session.secretHash,
    transaction.now,
    previousSecretMs,
  );
  return { renewed: renewed.length > 0 };
}

export async function confirmSession(
  transaction: LogTransaction,
  { secretHash }: MutationOf<'confirm-session'>,
): Result<'confirm-session'> {
  await transaction.all(
    'UPDATE sessions SET previous_until = min(previous_until, ?) WHERE secret_hash = ?',
    transaction.now + previousSecretMs,
    secretHash,
  );
  return null;
}

/** Told in the person's own stream: wherever that session has a socket open, its replica closes it. */
export async function endSession(
  transaction: LogTransaction,
  { secretHash }: MutationOf<'end-session'>,
): Result<'end-session'> {
  const ended = await transaction.all<{ id: number; member: number }>(
    'DELETE FROM sessions WHERE secret_hash = ? OR (previous_hash = ? AND previous_until > ?) RETURNING id, member',
    secretHash,
    secretHash,
    transaction.now,
  );
  for (const { id, member } of ended)
    await transaction.append({ table: 'members', id: member }, { kind: 'session-ended', session: id }, member);
  return null;
}

/** In the file, so that asking another replica gives no further attempts. */
export async function countAttempt(
  transaction: LogTransaction,
  { attempts, windowMs }: MutationOf<'count-attempt'>,
): Result<'count-attempt'> {
  const { now } = transaction;
  await transaction.all('DELETE FROM attempts WHERE window_ends_at <= ?', now);
  const waits: { key: string; retryAfterMs: number }[] = [];
  for (const { key, limit } of attempts) {
    const [row] = await transaction.all<{ count: number; window_ends_at: number }>(
      `INSERT INTO attempts (key, count, window_ends_at) VALUES (?, 1, ?)
       ON CONFLICT (key) DO UPDATE SET count = count + 1 RETURNING count, window_ends_at`,
      key,
      now + windowMs,
    );
    if (row !== undefined && row.count > limit) waits.push({ key, retryAfterMs: row.window_ends_at - now });
  }
  return { waits };
}
