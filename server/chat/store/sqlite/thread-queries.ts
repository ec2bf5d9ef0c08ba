import type { ThreadList, ThreadPage } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { Connection } from './connection.ts';
import { readableMessage } from './message-access.ts';
import { type MessageRow, messageColumns } from './message-rows.ts';
import { readRange } from './queries.ts';
import { type FollowedRow, followedThreadOf, unreadThreadMentions } from './thread-rows.ts';
import { wholeMessages } from './whole-messages.ts';

const threadsListed = 1_000;

/** The newest replies, or those before one of them, with the message that they reply to. */
export async function readThreadPage(
  reader: Connection,
  member: number,
  { thread, before, limit }: { thread: number; before?: number | undefined; limit: number },
): Promise<ThreadPage> {
  const { head: cursor } = await readRange(reader);
  const found = await readableMessage(reader, member, thread);
  if (found.thread !== null) throw new Refusal('message-not-found');
  const rows = await reader.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages WHERE thread = ? AND id < ? ORDER BY id DESC LIMIT ?`,
    thread,
    before ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  );
  const { messages, people } = await wholeMessages(reader, [found, ...rows.slice(0, limit).reverse()]);
  const [root, ...replies] = messages;
  if (root === undefined) throw new Refusal('message-not-found');
  const [follow] = await reader.all<{ following: number; read_number: number }>(
    'SELECT following, read_number FROM thread_follows WHERE member = ? AND root = ?',
    member,
    thread,
  );
  return {
    ...{ cursor, root, messages: replies, people, older: rows.length > limit },
    following: follow?.following === 1,
    readNumber: follow?.read_number ?? 0,
  };
}

/** Those that I follow in my channels, the last answered first. */
export async function readThreads(reader: Connection, member: number): Promise<ThreadList> {
  const { head: cursor } = await readRange(reader);
  const rows = await reader.all<FollowedRow>(
    `SELECT t.root, t.channel, t.last_number, t.last_at, f.read_number, ${unreadThreadMentions} AS mentions
     FROM thread_follows AS f JOIN threads AS t ON t.root = f.root
     JOIN memberships AS m ON m.channel = t.channel AND m.member = f.member
     WHERE f.member = ? AND f.following = 1 ORDER BY t.last_at DESC, t.root DESC LIMIT ?`,
    member,
    threadsListed,
  );
  return { cursor, threads: rows.map(followedThreadOf) };
}
