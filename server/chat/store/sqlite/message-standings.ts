import type { Person, Sent } from '../../../../shared/protocol.ts';
import type { LogTransaction } from './log-transaction.ts';
import { type MemberRow, personOf } from './member-rows.ts';
import { type Mentionable, readMentionable } from './message-mentions.ts';
import type { Post } from './post-messages.ts';

/** What the tables say before a run of posts: who asks, where they may write, and what was sent already. */
export type Standings = {
  people: Map<number, Person>;
  channels: Map<number, { head: number; lastNumber: number }>;
  /** Nothing is written there any more. */
  archived: Set<number>;
  /** `<member> <channel>`. */
  memberships: Set<string>;
  /** By `<author> <client id>`. */
  sent: Map<string, { hash: string; sent: Sent }>;
  mentionable: Mentionable;
  /** Of the transaction in which all of this is so. */
  mark: number;
};

type ChannelRow = { id: number; head: number; last_number: number; archived_at: number | null };
type SentRow = {
  id: number;
  number: number;
  author: number;
  client_id: string;
  request_hash: string;
  at: number;
  replica: string;
};

/** Asked for at once: under the writer's lock every turn of the event loop counts. */
export async function readStandings(transaction: LogTransaction, posts: Post[]): Promise<Standings> {
  const authors = JSON.stringify([...new Set(posts.map(({ author }) => author))]);
  const channels = JSON.stringify([...new Set(posts.map(({ channel }) => channel))]);
  const clientIds = JSON.stringify(posts.map(({ clientId }) => clientId));
  const [people, places, memberships, sent, mentionable, mark] = await Promise.all([
    transaction.all<MemberRow>(
      'SELECT id, name, role, avatar FROM members WHERE id IN (SELECT value FROM json_each(?))',
      authors,
    ),
    transaction.all<ChannelRow>(
      'SELECT id, head, last_number, archived_at FROM channels WHERE id IN (SELECT value FROM json_each(?))',
      channels,
    ),
    transaction.all<{ member: number; channel: number }>(
      `SELECT member, channel FROM memberships
       WHERE member IN (SELECT value FROM json_each(?)) AND channel IN (SELECT value FROM json_each(?))`,
      authors,
      channels,
    ),
    transaction.all<SentRow>(
      `SELECT id, number, author, client_id, request_hash, at, replica FROM messages
       WHERE client_id IN (SELECT value FROM json_each(?))`,
      clientIds,
    ),
    readMentionable(
      transaction,
      posts.map((post) => ({ ...post, online: post.online ?? [] })),
    ),
    transaction.mark(),
    transaction.prepareToAllot(),
  ]);
  return {
    mark,
    mentionable,
    people: new Map(people.map((row) => [row.id, personOf(row)])),
    channels: new Map(places.map((row) => [row.id, { head: row.head, lastNumber: row.last_number }])),
    archived: new Set(places.filter((row) => row.archived_at !== null).map(({ id }) => id)),
    memberships: new Set(memberships.map(({ member, channel }) => `${member} ${channel}`)),
    sent: new Map(sent.map((row) => [`${row.author} ${row.client_id}`, { hash: row.request_hash, sent: sentOf(row) }])),
  };
}

function sentOf({ id: seq, number, at, replica }: SentRow): Sent {
  return { seq, number, at, replica };
}
