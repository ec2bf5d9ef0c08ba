import type { ListedSession } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** `before` is the hash that the current password was found to fit: meanwhile it may have become another one. */
export async function changePassword(
  transaction: LogTransaction,
  { member, session, before, passwordHash, endOthers }: MutationOf<'change-password'>,
): Result<'change-password'> {
  await personById(transaction, member);
  const changed = await transaction.all(
    'UPDATE members SET password_hash = ? WHERE id = ? AND password_hash = ? RETURNING id',
    passwordHash,
    member,
    before,
  );
  if (changed.length === 0) throw new Refusal('wrong-credentials');
  await transaction.all('DELETE FROM password_links WHERE member = ?', member);
  if (endOthers) await endSessions(transaction, { kind: 'end-sessions', member, except: session });
  return null;
}

/** One of a member's sessions, or all but one. Their rows move, so that those devices learn why when they come again. */
export async function endSessions(
  transaction: LogTransaction,
  { member, session, except }: MutationOf<'end-sessions'>,
): Result<'end-sessions'> {
  await transaction.all('DELETE FROM ended_sessions WHERE expires_at <= ?', transaction.now);
  const ended = await transaction.all<{
    id: number;
    secret_hash: string;
    previous_hash: string | null;
    expires_at: number;
  }>(
    `DELETE FROM sessions WHERE member = ?1 AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR id <> ?3)
     RETURNING id, secret_hash, previous_hash, expires_at`,
    member,
    session ?? null,
    except ?? null,
  );
  for (const row of ended) {
    await transaction.all(
      'INSERT INTO ended_sessions (secret_hash, previous_hash, member, expires_at) VALUES (?, ?, ?, ?)',
      row.secret_hash,
      row.previous_hash,
      member,
      row.expires_at,
    );
    await transaction.append({ table: 'members', id: member }, { kind: 'session-ended', session: row.id }, member);
  }
  return null;
}

/** Where and when sessions were used last; without a device it is only the time. */
export async function noteSessions(
  transaction: LogTransaction,
  { sessions }: MutationOf<'note-sessions'>,
): Result<'note-sessions'> {
  await transaction.all(
    `UPDATE sessions SET used_at = max(used_at, ?1), browser = coalesce(json_extract(o.value, '$.browser'), browser),
       system = coalesce(json_extract(o.value, '$.system'), system),
       network = coalesce(json_extract(o.value, '$.network'), network)
     FROM json_each(?2) AS o WHERE sessions.id = json_extract(o.value, '$.id')`,
    transaction.now,
    JSON.stringify(sessions),
  );
  return null;
}

export async function readSessions(
  reader: Connection,
  { id: current, member }: { id: number; member: { id: number } },
  now: number,
): Promise<ListedSession[]> {
  const rows = await reader.all<Omit<ListedSession, 'current' | 'openedAt' | 'usedAt'> & Times>(
    `SELECT id, browser, system, network, opened_at, max(used_at, opened_at) AS used_at, renewed_at FROM sessions
     WHERE member = ? AND expires_at > ? ORDER BY used_at DESC, id DESC LIMIT 200`,
    member.id,
    now,
  );
  return rows.map(({ opened_at: openedAt, used_at: usedAt, renewed_at: renewedAt, ...row }) => ({
    ...row,
    current: row.id === current,
    openedAt,
    usedAt: Math.max(usedAt, renewedAt),
  }));
}

type Times = { opened_at: number; used_at: number; renewed_at: number };

/** Whose session this was, where another device of theirs has ended it. */
export async function readEnded(reader: Connection, secretHash: string): Promise<number | undefined> {
  const [row] = await reader.all<{ member: number }>(
    'SELECT member FROM ended_sessions WHERE secret_hash = ?1 OR previous_hash = ?1',
    secretHash,
  );
  return row?.member;
}
