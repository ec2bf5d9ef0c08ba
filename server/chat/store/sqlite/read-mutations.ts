import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { readThread } from './thread-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Of `memberships AS m`: a range of the index, at most one row for each message. */
export const unreadMentions = `(SELECT count(DISTINCT x.number) FROM mentions AS x
  WHERE x.member IN (0, m.member) AND x.channel = m.channel AND x.number > m.read_number
  AND x.author <> m.member AND x.message > m.joined_seq)`;

type Position = { read_number: number; read_generation: number; last_number: number };

/** Forward only, and void where the position was put back since it was asked for. */
export async function markRead(
  transaction: LogTransaction,
  { member, channel, readNumber, generation }: MutationOf<'mark-read'>,
): Promise<null> {
  const position = await positionOf(transaction, member, channel);
  if (position === undefined || (generation ?? position.read_generation) < position.read_generation) return null;
  const to = Math.min(readNumber, position.last_number);
  if (to > position.read_number) await move(transaction, member, channel, to, position.read_generation);
  return null;
}

/** From this message on all is unread again, on all of the member's devices. */
export async function markUnread(
  transaction: LogTransaction,
  { member, channel, number }: MutationOf<'mark-unread'>,
): Result<'mark-unread'> {
  const position = await positionOf(transaction, member, channel);
  if (position === undefined || number > position.last_number) throw new Refusal('message-not-found');
  if (position.read_number === number - 1) return null;
  await move(transaction, member, channel, number - 1, position.read_generation + 1);
  return null;
}

/** As far as the member could know of: what has come since stays unread. */
export async function markAllRead(
  transaction: LogTransaction,
  { member, reads, threads = [] }: MutationOf<'mark-all-read'>,
): Result<'mark-all-read'> {
  const known = new Map<number, number>();
  for (const { channel, readNumber } of reads) known.set(channel, Math.max(readNumber, known.get(channel) ?? 0));
  // One question for all of them: however many are named, those that stay cost the writer nothing.
  const behind = await transaction.all<Position & { channel: number }>(
    `SELECT m.channel, m.read_number, m.read_generation, c.last_number
     FROM memberships AS m JOIN channels AS c ON c.id = m.channel
     WHERE m.member = ? AND m.channel IN (SELECT value FROM json_each(?)) AND m.read_number < c.last_number`,
    member,
    JSON.stringify([...known.keys()]),
  );
  for (const { channel, read_number: from, read_generation: generation, last_number: last } of behind) {
    const to = Math.min(known.get(channel) ?? 0, last);
    if (to > from) await move(transaction, member, channel, to, generation);
  }
  const unread = await transaction.all<{ root: number }>(
    `SELECT f.root FROM thread_follows AS f JOIN threads AS t ON t.root = f.root
     WHERE f.member = ? AND f.root IN (SELECT value ->> '$.thread' FROM json_each(?)) AND f.read_number < t.last_number`,
    member,
    JSON.stringify(threads),
  );
  const behindIn = new Set(unread.map(({ root }) => root));
  for (const { thread, readNumber } of threads)
    if (behindIn.has(thread)) await readThread(transaction, { kind: 'read-thread', member, thread, readNumber });
  return null;
}

async function positionOf(transaction: LogTransaction, member: number, channel: number): Promise<Position | undefined> {
  const [row] = await transaction.all<Position>(
    `SELECT m.read_number, m.read_generation, c.last_number FROM memberships AS m JOIN channels AS c ON c.id = m.channel
     WHERE m.member = ? AND m.channel = ?`,
    member,
    channel,
  );
  return row;
}

async function move(
  transaction: LogTransaction,
  member: number,
  channel: number,
  readNumber: number,
  readGeneration: number,
): Promise<void> {
  await transaction.all(
    'UPDATE memberships SET read_number = ?, read_generation = ? WHERE member = ? AND channel = ?',
    readNumber,
    readGeneration,
    member,
    channel,
  );
  const [row] = await transaction.all<{ mentions: number }>(
    `SELECT ${unreadMentions} AS mentions FROM memberships AS m WHERE m.member = ? AND m.channel = ?`,
    member,
    channel,
  );
  const body = { kind: 'channel-read', channel, readNumber, readGeneration, mentions: row?.mentions ?? 0 } as const;
  await transaction.append({ table: 'members', id: member }, body, member);
}
