import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { readableMessage } from './message-access.ts';
import { followedThreadOf, threadRow, unreadIn } from './thread-rows.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export async function followThread(
  transaction: LogTransaction,
  { member, thread: root, on }: MutationOf<'follow-thread'>,
): Result<'follow-thread'> {
  const message = await readableMessage(transaction, member, root);
  if (message.thread !== null) throw new Refusal('message-not-found');
  const { channel, at } = message;
  await transaction.all('INSERT OR IGNORE INTO threads (root, channel, last_at) VALUES (?, ?, ?)', root, channel, at);
  const thread = await threadRow(transaction, root);
  if (on && thread) {
    await follow(transaction, member, root, { readNumber: thread.last_number });
    return null;
  }
  const stopped = await transaction.all(
    'UPDATE thread_follows SET following = 0 WHERE member = ? AND root = ? AND following = 1 RETURNING root',
    member,
    root,
  );
  if (stopped.length > 0)
    await transaction.append({ table: 'members', id: member }, { kind: 'thread-unfollowed', root }, member);
  return null;
}

export async function readThread(
  transaction: LogTransaction,
  { member, thread: root, readNumber }: MutationOf<'read-thread'>,
): Result<'read-thread'> {
  const [moved] = await transaction.all<{ read_number: number }>(
    `UPDATE thread_follows SET read_number = min(?1, (SELECT last_number FROM threads WHERE root = ?3))
     WHERE member = ?2 AND root = ?3 AND read_number < min(?1, (SELECT last_number FROM threads WHERE root = ?3))
     RETURNING read_number`,
    readNumber,
    member,
    root,
  );
  if (moved === undefined) return null;
  const mentions = await unreadIn(transaction, member, root);
  const body = { kind: 'thread-read', root, readNumber: moved.read_number, mentions } as const;
  await transaction.append({ table: 'members', id: member }, body, member);
  return null;
}

/** From here on the thread is among theirs, read up to `readNumber`; with `unless`, only who can read it. */
export async function follow(
  transaction: LogTransaction,
  member: number,
  root: number,
  { readNumber, unless }: { readNumber: number; unless?: 'following' | 'followed-before' },
): Promise<void> {
  const [before] = await transaction.all<{ following: number }>(
    'SELECT following FROM thread_follows WHERE member = ? AND root = ?',
    member,
    root,
  );
  const thread = await threadRow(transaction, root);
  if (thread === undefined || (unless === 'followed-before' && before !== undefined)) return;
  if (unless === 'following' && before?.following === 1) return;
  if (unless && !(await isMember(transaction, member, thread.channel))) return;
  await transaction.all(
    `INSERT INTO thread_follows (member, root, following, read_number) VALUES (?1, ?2, 1, ?3)
     ON CONFLICT DO UPDATE SET following = 1, read_number = max(read_number, ?3)`,
    member,
    root,
    readNumber,
  );
  if (before?.following === 1) return;
  const mentions = await unreadIn(transaction, member, root);
  const followed = followedThreadOf({ ...thread, read_number: readNumber, mentions });
  const body = { kind: 'thread-followed', thread: followed } as const;
  await transaction.append({ table: 'members', id: member }, body, member);
}

/** Who leaves a channel follows nothing there. */
export async function forgetThreads(transaction: LogTransaction, member: number, channel: number): Promise<void> {
  await transaction.all(
    'DELETE FROM thread_follows WHERE member = ? AND root IN (SELECT root FROM threads WHERE channel = ?)',
    member,
    channel,
  );
}

async function isMember(transaction: LogTransaction, member: number, channel: number): Promise<boolean> {
  const rows = await transaction.all('SELECT 1 FROM memberships WHERE member = ? AND channel = ?', member, channel);
  return rows.length > 0;
}
