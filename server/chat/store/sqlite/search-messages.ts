import type { SearchPage } from '../../../../shared/protocol.ts';
import type { SearchedThing } from '../../../../shared/search-query.ts';
import type { SearchMessagesQuery } from '../store.ts';
import type { Connection, Parameter } from './connection.ts';
import { type MessageRow, messageColumns } from './message-rows.ts';
import { findPlaces } from './search-places.ts';
import { anyOf, hasAllTerms, quote, termExpressions, termsOf } from './search-terms.ts';
import { authorToken, blockOf, blockSize, blockToken, channelToken, hasInText, hasToken } from './search-tokens.ts';
import { searchedFiles, searchedText } from './searched-files.ts';
import { wholeMessages } from './whole-messages.ts';

/** As long as one question may look, about: what is left is for the next one. */
const budgetMs = 2;

/** Rows that are compared at once; at first no more than are wanted. */
const mostRows = 100;

/** Ids that are looked through at once, from the newest on; after the first ones what takes a part of the time left. */
const firstSpan = { index: blockSize, messages: 2_000 };
const longestSpan = 64 * blockSize;
const fastestGrowth = 8;
const partOfTimeLeft = 1 / 2;

/** Of this many of the newest ids, fewer than these have what is rare. */
const rare = { ids: 8_192, found: 64 };

/** A search ends where something is that one may read, or at a multiple of this: an id in between would be one of what one may not. */
const endsEvery = 512;

/** In how many channels the index is asked for a member's messages alone; each of them costs. */
const channelTokens = { always: 8, most: 200 };

/**
 * What a member may read now of what they look for, the newest first. The index tells where to look, the messages what
 * is so; those that it doesn't have yet are read as they are.
 */
export async function searchMessages(
  reader: Connection,
  member: number,
  query: SearchMessagesQuery,
): Promise<SearchPage> {
  const places = await findPlaces(reader, member, query);
  const startedAt = performance.now();
  const terms = termsOf(query.words);
  if (places.channels.length === 0 || places.authors?.length === 0) return { cursor: places.cursor, ...nothing };
  const conditions = conditionsOf(places, query);
  const found: number[] = [];
  /** Also where another look, as long as the last one, would end too late. */
  let lastLookMs = 0;
  const isOver = () => performance.now() - startedAt + lastLookMs > budgetMs;
  const isFound = (row: { text: string; files: string }) =>
    query.has.every((thing) => !isInText(thing) || hasInText[thing](row.text)) &&
    !query.without?.has.some((thing) => isInText(thing) && hasInText[thing](row.text)) &&
    hasAllTerms(searchedText(row), terms);

  /** Up to here, exclusive, everything was looked at. */
  let reached = places.to;
  let wantedRows = query.limit;

  /** Whether all of it was looked at, down to that id; among messages, or where all of these expressions lead. */
  async function look(down: number, expressions?: string[]): Promise<boolean> {
    const least = expressions ? firstSpan.index : firstSpan.messages;
    // What one expression leads to comes row by row. Until several lead to the same one it takes as long as the rarest;
    // where channels are among them it takes as long as theirs, whatever is said elsewhere.
    const swift =
      expressions &&
      (expressions.length === 1 || asksForChannels(places) || (await anyRare(reader, expressions, reached)));
    /** Whether an end here would be at what one may not read. */
    let tells = false;
    let span = swift ? Number.POSITIVE_INFINITY : least;
    while (reached > down) {
      let low = Math.max(down, reached - span);
      if (tells) low = Math.max(down, Math.floor((reached - 1) / endsEvery) * endsEvery);
      else if (expressions) low = Math.max(down, blockOf(low) * blockSize);
      const askedAt = performance.now();
      const asked = { from: low, to: reached, limit: wantedRows, conditions };
      const rows = await (expressions ? readFound(reader, expressions, asked, low > down) : readAll(reader, asked));
      const readAt = performance.now();
      const tookMs = readAt - askedAt;
      lastLookMs = tookMs;
      for (const row of rows) {
        if (row.id === null) continue;
        if (isFound(row)) found.push(row.id);
        // What was read is compared, however late it came; but thousands of terms take their time with each long text.
        if (found.length === query.limit || performance.now() - readAt > budgetMs) {
          reached = row.place;
          return false;
        }
      }
      const last = rows.length === wantedRows ? rows.at(-1) : undefined;
      if (last) reached = last.place;
      else {
        const growth = ((budgetMs - performance.now() + startedAt) * partOfTimeLeft) / tookMs;
        span = Math.min(longestSpan, Math.max(least, (reached - low) * Math.min(growth, fastestGrowth)));
        reached = low;
      }
      wantedRows = mostRows;
      // Asked once: were it over only at a second look, the end could be at what one may not read.
      const over = isOver();
      tells = over && last?.id === null && reached % endsEvery !== 0;
      if (over && !tells) return reached <= down;
    }
    return true;
  }

  const unindexed = Math.max(places.from, Math.min(places.to, places.indexedTo + 1));
  if (await look(unindexed)) {
    const expressions = [...(await termExpressions(reader, terms)), ...filterExpressions(places, query)];
    await look(places.from, expressions.length === 0 ? undefined : expressions);
  }
  const more = reached > places.from;
  const page = found.length > 0 ? await wholeMessages(reader, await rowsOf(reader, found)) : nothing;
  return { cursor: places.cursor, ...page, ...(more && { next: reached }) };
}

const nothing: Pick<SearchPage, 'messages' | 'people'> = { messages: [], people: [] };

type Places = Awaited<ReturnType<typeof findPlaces>>;

function filterExpressions(places: Places, { has }: SearchMessagesQuery): string[] {
  const { channels, authors } = places;
  const expressions: string[] = [];
  if (asksForChannels(places)) expressions.push(anyOf(channels.map(channelToken)));
  if (authors) expressions.push(anyOf(authors.map(authorToken)));
  for (const thing of has) if (inIndex(thing)) expressions.push(quote(hasToken(thing)));
  return expressions;
}

/** So that what is written where they can't look costs them no time that they could feel. */
function asksForChannels({ channels, fewOfAll }: Places): boolean {
  return channels.length <= channelTokens.always || (fewOfAll && channels.length <= channelTokens.most);
}

/** As far as the index knows of it. */
function inIndex(thing: SearchedThing): thing is 'link' | 'code' | 'file' | 'picture' {
  return thing === 'link' || thing === 'code' || thing === 'file' || thing === 'picture';
}

type Conditions = { sql: string; parameters: Parameter[] };

function isInText(thing: SearchedThing): thing is keyof typeof hasInText {
  return thing in hasInText;
}

const hasElsewhere = {
  reaction: 'EXISTS (SELECT 1 FROM reactions WHERE message = m.id)',
  thread: 'EXISTS (SELECT 1 FROM threads WHERE root = m.id AND replies > 0)',
  pin: 'EXISTS (SELECT 1 FROM pins WHERE message = m.id)',
  file: 'EXISTS (SELECT 1 FROM attachments WHERE message = m.id)',
  picture: `EXISTS (SELECT 1 FROM attachments AS a JOIN files AS f ON f.id = a.file
    WHERE a.message = m.id AND f.attachment ->> '$.kind' = 'picture')`,
} as const;

/** Of what is read now, in the same transaction: it is theirs to read, and it is still there. */
function conditionsOf(places: Places, { has, without, after, before }: SearchMessagesQuery): Conditions {
  const { channels, authors } = places;
  const sql = ['m.deleted_by IS NULL', 'm.channel IN (SELECT value FROM json_each(?))'];
  const parameters: Parameter[] = [JSON.stringify(channels)];
  if (authors) {
    sql.push('m.author IN (SELECT value FROM json_each(?))');
    parameters.push(JSON.stringify(authors));
  }
  if (after !== undefined) {
    sql.push('m.at >= ?');
    parameters.push(after);
  }
  if (before !== undefined) {
    sql.push('m.at < ?');
    parameters.push(before);
  }
  if (places.without.length > 0) {
    sql.push('m.author NOT IN (SELECT value FROM json_each(?))');
    parameters.push(JSON.stringify(places.without));
  }
  for (const thing of has) if (!isInText(thing)) sql.push(hasElsewhere[thing]);
  for (const thing of without?.has ?? []) if (!isInText(thing)) sql.push(`NOT ${hasElsewhere[thing]}`);
  return { sql: sql.join(' AND '), parameters };
}

/** Without an id where it isn't theirs to read, or not what the filters ask for. */
type FoundRow = { place: number; files: string } & ({ id: number; text: string } | { id: null; text: null });

/** No more than what is compared: most of them aren't what is looked for. */
const columns = `m.id, m.text, iif(EXISTS (SELECT 1 FROM attachments WHERE message = m.id), ${searchedFiles}, '[]') AS files`;

function rowsOf(reader: Connection, ids: number[]): Promise<MessageRow[]> {
  return reader.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    JSON.stringify(ids),
  );
}

type Asked = { from: number; to: number; limit: number; conditions: Conditions };

/** Only those that the conditions leave. */
function readAll(reader: Connection, { from, to, limit, conditions }: Asked): Promise<FoundRow[]> {
  return reader.all<FoundRow>(
    `SELECT m.id AS place, ${columns} FROM messages AS m WHERE m.id >= ? AND m.id < ? AND ${conditions.sql}
     ORDER BY m.id DESC LIMIT ?`,
    ...[from, to, ...conditions.parameters, limit],
  );
}

/** All that the index leads to, so that the limit bounds the time, however much of it isn't theirs to read. */
function readFound(reader: Connection, expressions: string[], asked: Asked, further: boolean): Promise<FoundRow[]> {
  const { from, to, limit, conditions } = asked;
  // By itself the index goes on below \`from\` until it finds something.
  const within = further ? [anyOf(blocksBetween(from, to).map(blockToken))] : [];
  return reader.all<FoundRow>(
    `SELECT i.place, ${columns} FROM (
       SELECT rowid AS place FROM search_index WHERE search_index MATCH ? AND rowid >= ? AND rowid < ?
       ORDER BY rowid DESC LIMIT ?
     ) AS i LEFT JOIN messages AS m ON m.id = i.place AND ${conditions.sql} ORDER BY i.place DESC`,
    ...[[...within, ...expressions].join(' AND '), from, to, limit, ...conditions.parameters],
  );
}

async function anyRare(reader: Connection, expressions: string[], to: number): Promise<boolean> {
  const count = `(SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid >= ? AND rowid < ?
    ORDER BY rowid DESC LIMIT ${rare.found}))`;
  const [row] = await reader.all<{ fewest: number }>(
    `SELECT min(${expressions.map(() => count).join(', ')}) AS fewest`,
    ...expressions.flatMap((expression) => [expression, to - rare.ids, to]),
  );
  return (row?.fewest ?? 0) < rare.found;
}

function blocksBetween(from: number, to: number): number[] {
  const lowest = blockOf(from);
  return Array.from({ length: blockOf(to - 1) - lowest + 1 }, (_, index) => lowest + index);
}
