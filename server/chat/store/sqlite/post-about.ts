import { hash } from 'node:crypto';
import { mentionSpots } from '../../../../shared/mentions.ts';
import type { Forwarded, Sent } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf } from '../mutations.ts';
import { attachFiles, attachmentsOf, filesToAttach } from './attach-files.ts';
import type { LogTransaction } from './log-transaction.ts';
import { type FoundMessage, readableMessage } from './message-access.ts';
import { type Post, postMessages } from './post-messages.ts';
import { firstAnswer } from './repeats.ts';

/** A message that carries files. */
export async function postFiles(transaction: LogTransaction, mutation: MutationOf<'post-files'>): Promise<Sent> {
  const { attachments: ids, ...message } = mutation;
  const { author, channel, text } = message;
  const post = { ...message, spots: mentionSpots(text), requestHash: hashOf(`${channel}\n${text}${filesText(ids)}`) };
  const before = await firstAnswer(transaction, post);
  if (before !== undefined) return before;
  const attachments = await filesToAttach(transaction, author, ids);
  return postOne(transaction, { ...post, kind: 'post-message', attachments });
}

/** A message that refers to another one of its channel. */
export async function postQuote(transaction: LogTransaction, mutation: MutationOf<'post-quote'>): Promise<Sent> {
  const { author, channel, clientId, text, quotes, attachments: ids = [], online = [] } = mutation;
  const spots = mentionSpots(text);
  const post = {
    author,
    channel,
    clientId,
    text,
    quotes,
    spots,
    online,
    requestHash: hashOf(`${channel} quotes ${quotes}\n${text}${filesText(ids)}`),
  };
  const before = await firstAnswer(transaction, post);
  if (before !== undefined) return before;
  const quoted = await existing(transaction, author, quotes);
  if (quoted.channel !== channel) throw new Refusal('message-not-found');
  const attachments = await filesToAttach(transaction, author, ids);
  return postOne(transaction, { kind: 'post-message', ...post, attachments });
}

/** Somebody's words in another channel: a message of whoever passes them on, with the name of whose they were. */
export async function forwardMessage(
  transaction: LogTransaction,
  { author, channel, clientId, message }: MutationOf<'forward-message'>,
): Promise<Sent> {
  const request = { author, channel, clientId, requestHash: hashOf(`${channel} forwards ${message}`) };
  const before = await firstAnswer(transaction, request);
  if (before !== undefined) return before;
  const original = await existing(transaction, author, message);
  const { text } = original;
  const attachments = (await attachmentsOf(transaction, [original.id])).get(original.id) ?? [];
  return postOne(transaction, {
    kind: 'post-message',
    // Who was called by those words was called where they were written.
    ...{ ...request, text, spots: [], forwarded: await wordsOf(transaction, original), attachments },
  });
}

async function existing(transaction: LogTransaction, member: number, message: number): Promise<FoundMessage> {
  const found = await readableMessage(transaction, member, message);
  if (found.deleted_by !== null) throw new Refusal('message-not-found');
  return found;
}

/** Passed on again, they are still the first one's. Where they were written is told of public channels alone. */
async function wordsOf(transaction: LogTransaction, original: FoundMessage): Promise<Forwarded> {
  if (original.forwarded !== null) return JSON.parse(original.forwarded) as Forwarded;
  // Also of who is no longer here: what they wrote still names them.
  const [author] = await transaction.all<{ name: string }>('SELECT name FROM members WHERE id = ?', original.author);
  if (author === undefined) throw new Error('A message has no author');
  const open = await transaction.all('SELECT 1 FROM channels WHERE id = ? AND private = 0', original.channel);
  const from = open.length > 0 ? { from: { channel: original.channel, message: original.id } } : {};
  return { author: original.author, name: author.name, at: original.at, ...from };
}

async function postOne(transaction: LogTransaction, post: Post): Promise<Sent> {
  const [outcome] = await postMessages(transaction, [post]);
  if (outcome === undefined) throw new Error('A post had no outcome');
  if (!outcome.ok) throw outcome.error;
  const sent = outcome.value as Sent;
  await attachFiles(transaction, sent.seq, post.attachments ?? []);
  return sent;
}

/** What of a request tells which files it carries; nothing where it carries none. */
export function filesText(ids: readonly string[]): string {
  return ids.length === 0 ? '' : `\0files ${ids.join(' ')}`;
}

function hashOf(request: string): string {
  return hash('sha256', request, 'base64url').slice(0, 22);
}
