import { hash } from 'node:crypto';
import { mentionSpots } from '../../../../shared/mentions.ts';
import type { Message, Sent } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf } from '../mutations.ts';
import { attachFiles, filesToAttach } from './attach-files.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { type FoundMessage, readableMessage } from './message-access.ts';
import { countMentions, mentionsIn, readMentionable } from './message-mentions.ts';
import { filesText } from './post-about.ts';
import { firstAnswer } from './repeats.ts';
import { follow } from './thread-mutations.ts';
import { type ThreadRow, threadRow } from './thread-rows.ts';

type Reply = MutationOf<'post-reply'>;

const repliersShown = 3;

/** A message of a thread, by the same rules as any other: once by its client id, with the first answer for a repeat. */
export async function postReply(transaction: LogTransaction, reply: Reply): Promise<Sent> {
  const { author: id, clientId, channel, thread: root, text, toChannel } = reply;
  const requestHash = hashOf(reply);
  const before = await firstAnswer(transaction, { author: id, clientId, requestHash });
  if (before !== undefined) return before;
  const author = await personById(transaction, id);
  const rootMessage = await readableMessage(transaction, id, root);
  if (rootMessage.channel !== channel || rootMessage.thread !== null) throw new Refusal('message-not-found');
  if (rootMessage.archived_at !== null) throw new Refusal('channel-archived');
  const { replies, ...thread } = await threadOf(transaction, rootMessage);
  if (rootMessage.deleted_by !== null && replies === 0) throw new Refusal('message-not-found');

  const attached = await filesToAttach(transaction, id, reply.attachments ?? []);
  const attachments = attached.length > 0 && { attachments: attached };
  const { now: at, replica } = transaction;
  const number = toChannel ? await nextNumber(transaction, id, channel) : 0;
  const threadNumber = thread.last_number + 1;
  const mentioning = { channel, spots: mentionSpots(text), online: reply.online ?? [] };
  const found = mentionsIn(mentioning, await readMentionable(transaction, [mentioning]));
  const named = found && found.people.length > 0 ? { mentioned: found.people } : {};
  const mentions = found && { mentions: found.mentions };
  const message = {
    channel,
    number,
    author: id,
    clientId,
    text,
    at,
    replica,
    thread: root,
    threadNumber,
    ...mentions,
    ...attachments,
  };
  const seq = await transaction.append(
    { table: 'channels', id: channel },
    (seq) => ({ kind: 'message-posted', message: { id: seq, ...message } satisfies Message, author, ...named }),
    id,
  );
  await transaction.all(
    `INSERT INTO messages (id, channel, number, author, client_id, request_hash, text, at, replica, thread, thread_number, mentions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[seq, channel, number, id, clientId, requestHash, text, at, replica, root, threadNumber],
    found === undefined ? null : JSON.stringify(found.mentions),
  );
  await attachFiles(transaction, seq, attached);
  const counted = { id: seq, channel, number, author: id, thread: root, thread_number: threadNumber };
  if (found) await countMentions(transaction, found.mentions, counted);
  const earlier = (JSON.parse(thread.repliers) as number[]).filter((member) => member !== id);
  const repliers = JSON.stringify([id, ...earlier].slice(0, repliersShown));
  await transaction.all(
    'UPDATE threads SET replies = replies + 1, last_number = ?, last_at = ?, repliers = ? WHERE root = ?',
    ...[threadNumber, at, repliers, root],
  );
  await transaction.all('UPDATE messages SET changed_seq = ? WHERE id = ?', seq, root);
  await follow(transaction, id, root, { readNumber: threadNumber });
  await follow(transaction, rootMessage.author, root, { readNumber: thread.last_number, unless: 'followed-before' });
  // Who is named in a thread follows it from there on, also who had stopped.
  for (const person of found?.people ?? [])
    await follow(transaction, person.id, root, { readNumber: thread.last_number, unless: 'following' });
  return { seq, number, at, replica };
}

function hashOf({ channel, thread, toChannel, text, attachments = [] }: Reply): string {
  return hash('sha256', `${channel} ${thread} ${toChannel}\n${text}${filesText(attachments)}`, 'base64url').slice(
    0,
    22,
  );
}

/** Its row, from the first reply on, or from when somebody follows it before there is one. */
export async function threadOf(transaction: LogTransaction, { id, channel, at }: FoundMessage): Promise<ThreadRow> {
  await transaction.all('INSERT OR IGNORE INTO threads (root, channel, last_at) VALUES (?, ?, ?)', id, channel, at);
  const row = await threadRow(transaction, id);
  if (row === undefined) throw new Error('A thread that was just there is gone');
  return row;
}

/** The reply is a message of the channel too; who writes has read what is there. */
async function nextNumber(transaction: LogTransaction, author: number, channel: number): Promise<number> {
  const [row] = await transaction.all<{ last_number: number }>(
    'UPDATE channels SET last_number = last_number + 1 WHERE id = ? RETURNING last_number',
    channel,
  );
  if (row === undefined) throw new Refusal('channel-not-found');
  await transaction.all(
    'UPDATE memberships SET read_number = ? WHERE member = ? AND channel = ?',
    row.last_number,
    author,
    channel,
  );
  return row.last_number;
}
