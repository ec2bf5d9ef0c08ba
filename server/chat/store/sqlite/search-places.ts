import { foldText } from '../../../../shared/search-text.ts';
import { foldName } from '../../../../shared/text-rules.ts';
import type { SearchMessagesQuery } from '../store.ts';
import type { Connection } from './connection.ts';
import { searchVersion } from './search-tokens.ts';

/** Where and of whom messages are looked for; ids from `from` on and below `to`. */
type Places = {
  /** Of the moment that all of it is of. */
  cursor: number;
  channels: number[];
  authors: number[] | undefined;
  /** Whose messages aren't. */
  without: number[];
  from: number;
  to: number;
  /** Most messages are elsewhere. */
  fewOfAll: boolean;
  /** The index knows all messages up to this one, by the tokens of this release. */
  indexedTo: number;
};

const peopleLimit = 50;
const fewest = 4;

type Standing = { newest: number; cursor: number; indexed: number; total: number | null; mine: string };

/** Names are looked up among what the member may see; those of nothing lead nowhere. */
export async function findPlaces(reader: Connection, member: number, query: SearchMessagesQuery): Promise<Places> {
  const { after, before } = query;
  const [standing] = await reader.all<Standing>(
    `SELECT coalesce((SELECT max(id) FROM messages), 0) AS newest, iif(version = ?2, message, 0) AS indexed,
            coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0) AS cursor,
            (SELECT sum(last_number) FROM channels) AS total,
            (SELECT json_group_array(json_array(s.channel, c.last_number)) FROM memberships AS s
             JOIN channels AS c ON c.id = s.channel WHERE s.member = ?1) AS mine
     FROM search_progress`,
    ...[member, searchVersion],
  );
  const { newest = 0, cursor = 0, indexed = 0, total = 0, mine = '[]' } = standing ?? {};
  const readable = new Map(JSON.parse(mine) as [channel: number, messages: number][]);
  const wanted = query.in.length > 0 ? await channelsNamed(reader, member, query.in) : [...readable.keys()];
  const elsewhere = new Set(query.without ? await channelsNamed(reader, member, query.without.in) : []);
  const channels = wanted.filter((channel) => !elsewhere.has(channel));
  const theirs = channels.reduce((sum, channel) => sum + (readable.get(channel) ?? 0), 0);
  const end = newest + 1;
  const from = after === undefined ? 1 : await firstSince(reader, after);
  const until = before === undefined ? end : await firstSince(reader, before);
  return {
    cursor,
    channels,
    fewOfAll: theirs * fewest < (total ?? 0),
    indexedTo: indexed,
    authors: query.from.length === 0 ? undefined : await authorsOf(reader, query.from),
    without: await authorsOf(reader, query.without?.from ?? []),
    from,
    to: Math.max(from, Math.min(until, query.next ?? end, end)),
  };
}

type ChannelName = { id: number; name: string; people: string | null };

async function channelsNamed(reader: Connection, member: number, names: string[]): Promise<number[]> {
  const rows = await reader.all<ChannelName>(
    `SELECT c.id, c.name, (SELECT json_group_array(p.name) FROM json_each(c.direct_key) AS one
       JOIN members AS p ON p.id = one.value WHERE p.id <> ?1) AS people
     FROM memberships AS s JOIN channels AS c ON c.id = s.channel WHERE s.member = ?1`,
    member,
  );
  return [...new Set(names.flatMap((name) => thoseNamed(rows, name)))];
}

/** Those of that very name, else those with it inside; a direct conversation goes by the names of the others in it. */
function thoseNamed(rows: ChannelName[], name: string): number[] {
  const wanted = foldText(name.replace(/^[#@]/, '')).trim();
  if (wanted === '') return [];
  const named = rows.map(({ id, name, people }) => {
    const names = people === null || people === '[]' ? [name] : (JSON.parse(people) as string[]);
    return { id, names: [...names, names.join(', ')].map(foldText) };
  });
  const exact = named.filter(({ names }) => names.includes(wanted));
  const found = exact.length > 0 ? exact : named.filter(({ names }) => names.some((one) => one.includes(wanted)));
  return found.map(({ id }) => id);
}

/** Also of those who are no longer here. */
async function authorsOf(reader: Connection, names: string[]): Promise<number[]> {
  const authors = new Set<number>();
  for (const name of names) {
    const wanted = foldName(name.replace(/^@/, ''));
    if (wanted === '') continue;
    const begins = wanted.replace(/[\\%_]/g, '\\$&');
    const exact = await reader.all<{ id: number }>('SELECT id FROM members WHERE folded_name = ?', wanted);
    const found =
      exact.length > 0
        ? exact
        : await reader.all<{ id: number }>(
            `SELECT id FROM members WHERE folded_name LIKE ?1 || '%' ESCAPE '\\' OR folded_name LIKE '% ' || ?1 || '%' ESCAPE '\\'
             LIMIT ?2`,
            begins,
            peopleLimit,
          );
    for (const { id } of found) authors.add(id);
  }
  return [...authors];
}

/** The id from which on messages are of that time or later: both grow together. */
async function firstSince(reader: Connection, time: number): Promise<number> {
  const [row] = await reader.all<{ point: number }>(
    `WITH RECURSIVE search (point, step) AS (
       SELECT 0, 1 << 45
       UNION ALL
       SELECT iif((SELECT at FROM messages WHERE id >= point + step ORDER BY id LIMIT 1) < ?, point + step, point),
              step >> 1 FROM search WHERE step > 0
     )
     SELECT max(point) + 1 AS point FROM search`,
    time,
  );
  return row?.point ?? 0;
}
