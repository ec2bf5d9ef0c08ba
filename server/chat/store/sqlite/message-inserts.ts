import type { Mentions, Sent } from '../../../../shared/protocol.ts';
import { type LogTransaction, stillOpen, streamText } from './log-transaction.ts';
import { countedUnder } from './message-mentions.ts';
import type { Post } from './post-messages.ts';

export type MessageToInsert = { post: Post; sent: Sent; mentions: Mentions | undefined; payload: string };

/** One statement a table, all given at once: none reads what another writes, and where one fails none stays. */
export async function insertMessages(
  transaction: LogTransaction,
  rows: MessageToInsert[],
  mark: number,
): Promise<void> {
  const { now, replica } = transaction;
  const channels = new Map<number, unknown[]>();
  const reads = new Map<string, unknown[]>();
  for (const { post, sent } of rows) {
    channels.set(post.channel, [post.channel, sent.seq, sent.number]);
    reads.set(`${post.author} ${post.channel}`, [post.author, post.channel, sent.number]);
  }
  const events = rows.map(({ post, sent, payload }) => [sent.seq, post.channel, post.author, payload]);
  const messages = rows.map(({ post, sent, mentions }) => {
    const { channel, author, clientId, requestHash, text, quotes, forwarded } = post;
    const about = [quotes ?? null, forwarded ? JSON.stringify(forwarded) : null];
    const kept = mentions === undefined ? null : JSON.stringify(mentions);
    return [sent.seq, channel, sent.number, author, clientId, requestHash, text, ...about, kept];
  });
  const mentioned = rows.flatMap(({ post: { author, channel }, sent: { seq, number }, mentions }) =>
    mentions === undefined
      ? []
      : countedUnder(mentions, author).map((member) => [member, channel, number, seq, author]),
  );
  const results = await Promise.allSettled([
    transaction.all(
      `INSERT INTO events (seq, stream, kind, author, replica, at, payload)
       SELECT value ->> 0, 'channel:' || (value ->> 1), 'message-posted', value ->> 2, ?, ?, value ->> 3
       FROM json_each(?) WHERE ${stillOpen}`,
      replica,
      now,
      JSON.stringify(events),
      mark,
    ),
    transaction.all(
      `INSERT INTO messages (id, channel, number, author, client_id, request_hash, text, quotes, forwarded,
                             mentions, at, replica)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
              value ->> 7, value ->> 8, value ->> 9, ?, ?
       FROM json_each(?) WHERE ${stillOpen}`,
      now,
      replica,
      JSON.stringify(messages),
      mark,
    ),
    transaction.all(
      `UPDATE channels SET head = place.value ->> 1, last_number = place.value ->> 2
       FROM json_each(?) AS place WHERE channels.id = place.value ->> 0 AND ${stillOpen}`,
      JSON.stringify([...channels.values()]),
      mark,
    ),
    // Who writes has read: their own message never counts as unread.
    transaction.all(
      `UPDATE memberships SET read_number = read.value ->> 2
       FROM json_each(?) AS read WHERE member = read.value ->> 0 AND channel = read.value ->> 1 AND ${stillOpen}`,
      JSON.stringify([...reads.values()]),
      mark,
    ),
    mentioned.length > 0 &&
      transaction.all(
        `INSERT INTO mentions (member, channel, number, message, author)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE ${stillOpen}`,
        JSON.stringify(mentioned),
        mark,
      ),
  ]);
  // Only once all have ended may the batch be rolled back.
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  for (const { post, sent, payload } of rows) {
    const stream = streamText({ table: 'channels', id: post.channel });
    transaction.events.push({ seq: sent.seq, stream, kind: 'message-posted', payload });
  }
}
