import { hash } from 'node:crypto';
import type { Attachment } from '../../../../shared/attachment.ts';
import { type MentionSpot, mentionSpots } from '../../../../shared/mentions.ts';
import type { Forwarded, LogEvent, Sent } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { Mutation, MutationOf } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { insertMessages, type MessageToInsert } from './message-inserts.ts';
import { type FoundMentions, mentionsIn } from './message-mentions.ts';
import { readStandings, type Standings } from './message-standings.ts';
import type { Outcome } from './write-queue.ts';

export type Post = MutationOf<'post-message'> & {
  /** Of the request as it was first made: it tells a repeat even after edit, delete and purge of the text. */
  requestHash: string;
  quotes?: number;
  forwarded?: Forwarded;
  attachments?: Attachment[];
  spots: MentionSpot[];
};

/** To be done before the writer's lock is taken. */
export function prepare(mutation: Mutation): QueuedMutation {
  if (mutation.kind !== 'post-message') return mutation;
  const requestHash = hash('sha256', `${mutation.channel}\n${mutation.text}`, 'base64url').slice(0, 22);
  return { ...mutation, requestHash, spots: mentionSpots(mutation.text) };
}

export type QueuedMutation = Exclude<Mutation, { kind: 'post-message' }> | Post;

type Place = { head: number; lastNumber: number };

/** A run of messages in one statement a table. Each is accepted once by (author, client id), whoever asks how often. */
export async function postMessages(transaction: LogTransaction, posts: Post[]): Promise<Outcome[]> {
  const standings = await readStandings(transaction, posts);
  const places = new Map<number, Place>();
  const rows: MessageToInsert[] = [];
  const outcomes: Outcome[] = [];

  for (const post of posts) {
    const key = `${post.author} ${post.clientId}`;
    const before = standings.sent.get(key);
    if (before !== undefined) {
      const same = before.hash === post.requestHash;
      outcomes.push(same ? { ok: true, value: before.sent } : { ok: false, error: new Refusal('client-id-reused') });
      continue;
    }
    const place = mayPost(post, standings)
      ? (places.get(post.channel) ?? standings.channels.get(post.channel))
      : undefined;
    if (place === undefined) {
      outcomes.push({ ok: false, error: new Refusal('channel-not-found') });
      continue;
    }
    if (standings.archived.has(post.channel)) {
      outcomes.push({ ok: false, error: new Refusal('channel-archived') });
      continue;
    }
    const seq = await transaction.allot();
    const sent: Sent = { seq, number: place.lastNumber + 1, at: transaction.now, replica: transaction.replica };
    const found = mentionsIn({ ...post, online: post.online ?? [] }, standings.mentionable);
    rows.push({ post, sent, mentions: found?.mentions, payload: payload(post, standings, place, sent, found) });
    places.set(post.channel, { head: seq, lastNumber: sent.number });
    standings.sent.set(key, { hash: post.requestHash, sent });
    outcomes.push({ ok: true, value: sent });
  }
  if (rows.length > 0) await insertMessages(transaction, rows, standings.mark);
  return outcomes;
}

/** Asked of every post, whatever else of its batch goes to that channel. */
function mayPost({ author, channel }: Post, { memberships }: Standings): boolean {
  return memberships.has(`${author} ${channel}`);
}

function payload(
  post: Post,
  { people }: Standings,
  place: Place,
  { seq, number, at, replica }: Sent,
  found: FoundMentions | undefined,
): string {
  const { channel, author, clientId, text, quotes, forwarded, attachments } = post;
  const person = people.get(author);
  if (person === undefined) throw new Error('A member of a channel is nobody');
  const event: LogEvent = {
    kind: 'message-posted',
    message: {
      id: seq,
      channel,
      number,
      author,
      clientId,
      text,
      at,
      replica,
      quotes,
      forwarded,
      ...(attachments && attachments.length > 0 && { attachments }),
      ...(found && { mentions: found.mentions }),
    },
    author: person,
    ...(found && found.people.length > 0 && { mentioned: found.people }),
    seq,
    stream: `channel:${channel}`,
    previous: place.head,
    at,
    replica,
  };
  return JSON.stringify(event);
}
