import { type MentionSpot, namesWhoIsHere, namesWholeChannel } from '../../../../shared/mentions.ts';
import type { Called, Mentions, Person } from '../../../../shared/protocol.ts';
import type { LogTransaction } from './log-transaction.ts';
import { type MemberRow, personOf } from './member-rows.ts';

/** What is asked of a text, and of whom its @here would be. */
export type Mentioning = { channel: number; spots: MentionSpot[]; online: readonly number[] };

/** Who may be mentioned in the channels of a batch: only those who can read it. */
export type Mentionable = {
  /** By `<channel> <folded name>`. */
  named: Map<string, Person>;
  /** Those who are in the channel, of all who are online. */
  here: Map<number, number[]>;
};

export type FoundMentions = { mentions: Mentions; people: Person[] };

/** More at once are the whole channel: an event stays small. */
const hereLimit = 500;

export async function readMentionable(transaction: LogTransaction, texts: Mentioning[]): Promise<Mentionable> {
  const asking = texts.filter(({ spots }) => spots.length > 0);
  if (asking.length === 0) return { named: new Map(), here: new Map() };
  const names = new Set(asking.flatMap(({ spots }) => spots.flatMap((spot) => spot.names.map(({ folded }) => folded))));
  const channels = JSON.stringify([...new Set(asking.map(({ channel }) => channel))]);
  const online = JSON.stringify([...new Set(asking.flatMap((one) => one.online))]);
  const [named, here] = await Promise.all([
    transaction.all<MemberRow & { channel: number; folded_name: string }>(
      `SELECT s.channel, m.id, m.name, m.role, m.avatar, m.folded_name FROM members AS m
       JOIN json_each(?) AS c JOIN memberships AS s ON s.member = m.id AND s.channel = c.value
       WHERE m.folded_name IN (SELECT value FROM json_each(?))`,
      channels,
      JSON.stringify([...names]),
    ),
    transaction.all<{ channel: number; member: number }>(
      `SELECT s.channel, s.member FROM json_each(?) AS o
       JOIN json_each(?) AS c JOIN memberships AS s ON s.member = o.value AND s.channel = c.value`,
      online,
      channels,
    ),
  ]);
  return {
    named: new Map(named.map((row) => [`${row.channel} ${row.folded_name}`, personOf(row)])),
    here: new Map(
      [...Map.groupBy(here, ({ channel }) => channel)].map(([id, rows]) => [id, rows.map(({ member }) => member)]),
    ),
  };
}

/** Pure: whom a text mentions, of those who may be; undefined for nobody. The longest name that fits is meant. */
export function mentionsIn({ channel, spots }: Mentioning, { named, here }: Mentionable): FoundMentions | undefined {
  const people = new Map<string, { person: Person; text: string }>();
  let whole = false;
  let present: number[] | undefined;
  for (const { names } of spots)
    for (const { text, folded } of names) {
      const person = named.get(`${channel} ${folded}`);
      if (person !== undefined) people.set(text, { person, text });
      else if (namesWholeChannel(folded)) whole = true;
      else if (namesWhoIsHere(folded)) present = here.get(channel) ?? [];
      else continue;
      break;
    }
  const many = present !== undefined && present.length > hereLimit;
  const mentions: Mentions = {
    people: [...people.values()].map(({ person, text }) => ({ member: person.id, text })),
    ...(whole || many ? { channel: true } : {}),
    ...(present === undefined || many ? {} : { here: present }),
  };
  if (people.size === 0 && !whole && present === undefined) return undefined;
  return { mentions, people: [...new Map([...people.values()].map(({ person }) => [person.id, person])).values()] };
}

/** The members under which a message is counted, 0 for everyone; its author isn't told of it. */
export function countedUnder(mentions: Mentions, author: number): number[] {
  const all = [...mentions.people.map(({ member }) => member), ...(mentions.here ?? [])];
  return [...new Set([...all.filter((member) => member !== author), ...(mentions.channel ? [0] : [])])];
}

/** Where a message is counted: by its number in the channel, or in its thread alone (number 0). */
type Counted = {
  id: number;
  channel: number;
  number: number;
  author: number;
  thread: number | null;
  thread_number: number | null;
};

/** Of a single message; those of a batch go in together. */
export async function countMentions(
  transaction: LogTransaction,
  mentions: Mentions,
  { id, channel, number, author, thread, thread_number }: Counted,
): Promise<void> {
  await transaction.all(
    `INSERT OR IGNORE INTO mentions (member, channel, number, message, author, thread, thread_number)
     SELECT value, ?, ?, ?, ?, ?, ? FROM json_each(?)`,
    ...[channel, number, id, author, ...(number === 0 ? [thread, thread_number] : [null, null])],
    JSON.stringify(countedUnder(mentions, author)),
  );
}

/**
 * A message that was deleted, or edited so that it means only those of `mentions`, calls nobody else any more; who was
 * called with everybody and is named now stays so. Returns what an event says of those whom it no longer calls.
 */
export async function forgetMentions(
  transaction: LogTransaction,
  message: Counted,
  mentions?: Mentions,
): Promise<{ called?: Called }> {
  const { id, number, author, thread, thread_number: threadNumber } = message;
  const rows = await transaction.all<{ member: number }>(
    'DELETE FROM mentions WHERE message = ? AND member NOT IN (SELECT value FROM json_each(?)) RETURNING member',
    id,
    JSON.stringify(mentions ? countedUnder(mentions, author) : []),
  );
  if (rows.length === 0) return {};
  const members = rows.map(({ member }) => member).sort((a, b) => a - b);
  if (mentions && members[0] === 0) await countMentions(transaction, mentions, message);
  const place = thread !== null && threadNumber !== null ? { thread, threadNumber } : {};
  return { called: { number, author, members, ...place } };
}
