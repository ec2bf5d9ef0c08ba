import type { SearchPage } from '../../../../shared/protocol.ts';
import type { SearchedThing } from '../../../../shared/search-query.ts';
import type { SearchMessagesQuery } from '../store.ts';
import type { Connection, Parameter } from './connection.ts';
import { type MessageRow, messageColumns } from './message-rows.ts';
import { findPlaces } from './search-places.ts';
import { anyOf, hasAllTerms, quote, termExpressions, termsOf } from './search-terms.ts';
import { authorToken, channelToken, hasInText, hasToken } from './search-tokens.ts';
import { searchedFiles, searchedText } from './searched-files.ts';
import { wholeMessages } from './whole-messages.ts';

/** As long as one question may take, about: what is left is for the next one. */
const budgetMs = 8;

/** Rows that are compared at once. */
const chunk = 100;

/** Ids that are looked through at once, from the newest on; each time more of them. */
const firstSpan = { index: 100_000, messages: 5_000 };
const growth = 4;
const longestSpan = { index: 1_600_000, messages: 20_000 };

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
  const startedAt = performance.now();
  const places = await findPlaces(reader, member, query);
  const terms = termsOf(query.words);
  if (places.channels.length === 0 || places.authors?.length === 0) return { cursor: places.cursor, ...nothing };
  const conditions = conditionsOf(places, query);
  const found: MessageRow[] = [];
  const isOver = () => performance.now() - startedAt > budgetMs;
  const isFound = (row: FoundRow) =>
    query.has.every((thing) => (thing === 'link' || thing === 'code' ? hasInText[thing](row.text) : true)) &&
    hasAllTerms(searchedText(row), terms);

  /** Up to here, exclusive, everything was looked at. */
  let reached = places.to;

  async function look(source: 'index' | 'messages', down: number, match?: string): Promise<boolean> {
    let span = firstSpan[source];
    let low = Math.max(down, reached - span);
    while (reached > down) {
      const rows = await readChunk(reader, { match, from: low, to: reached, conditions });
      for (const row of rows) {
        if (isFound(row)) found.push(row);
        // Thousands of terms take their time with each long text.
        if (found.length === query.limit || isOver()) {
          reached = row.id;
          return false;
        }
      }
      if (rows.length === chunk) reached = rows.at(-1)?.id ?? low;
      else {
        reached = low;
        span = Math.min(longestSpan[source], span * growth);
        low = Math.max(down, reached - span);
      }
      if (isOver()) return false;
    }
    return true;
  }

  const unindexed = Math.max(places.from, Math.min(places.to, places.indexedTo + 1));
  if (await look('messages', unindexed)) {
    const expressions = await termExpressions(reader, terms);
    const all = [...expressions, ...filterExpressions(places, query)];
    if (all.length > 0) await look('index', places.from, all.join(' AND '));
    else await look('messages', places.from);
  }
  const more = reached > places.from;
  const page = found.length > 0 ? await wholeMessages(reader, found) : nothing;
  return { cursor: places.cursor, ...page, ...(more && { next: reached }) };
}

const nothing: Pick<SearchPage, 'messages' | 'people'> = { messages: [], people: [] };

type Places = Awaited<ReturnType<typeof findPlaces>>;

function filterExpressions({ channels, fewOfAll, authors }: Places, { has }: SearchMessagesQuery): string[] {
  const expressions: string[] = [];
  // So that what is written where they can't look costs them no time that they could feel.
  if (channels.length <= channelTokens.always || (fewOfAll && channels.length <= channelTokens.most))
    expressions.push(anyOf(channels.map(channelToken)));
  if (authors) expressions.push(anyOf(authors.map(authorToken)));
  for (const thing of has) if (inIndex(thing)) expressions.push(quote(hasToken(thing)));
  return expressions;
}

/** As far as the index knows of it. */
function inIndex(thing: SearchedThing): thing is 'link' | 'code' | 'file' | 'picture' {
  return thing === 'link' || thing === 'code' || thing === 'file' || thing === 'picture';
}

type Conditions = { sql: string; parameters: Parameter[] };

const hasElsewhere = {
  reaction: 'EXISTS (SELECT 1 FROM reactions WHERE message = m.id)',
  thread: 'EXISTS (SELECT 1 FROM threads WHERE root = m.id AND replies > 0)',
  pin: 'EXISTS (SELECT 1 FROM pins WHERE message = m.id)',
  file: 'EXISTS (SELECT 1 FROM attachments WHERE message = m.id)',
  picture: `EXISTS (SELECT 1 FROM attachments AS a JOIN files AS f ON f.id = a.file
    WHERE a.message = m.id AND f.attachment ->> '$.kind' = 'picture')`,
} as const;

/** Of what is read now, in the same transaction: it is theirs to read, and it is still there. */
function conditionsOf({ channels, authors }: Places, { has, after, before }: SearchMessagesQuery): Conditions {
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
  for (const thing of has) if (thing !== 'link' && thing !== 'code') sql.push(hasElsewhere[thing]);
  return { sql: sql.join(' AND '), parameters };
}

type FoundRow = MessageRow & { files: string };

const columns = [...messageColumns.split(', ').map((column) => `m.${column}`), `${searchedFiles} AS files`].join(', ');

function readChunk(
  reader: Connection,
  { match, from, to, conditions }: { match: string | undefined; from: number; to: number; conditions: Conditions },
): Promise<FoundRow[]> {
  if (match === undefined)
    return reader.all<FoundRow>(
      `SELECT ${columns} FROM messages AS m WHERE m.id >= ? AND m.id < ? AND ${conditions.sql}
       ORDER BY m.id DESC LIMIT ${chunk}`,
      from,
      to,
      ...conditions.parameters,
    );
  return reader.all<FoundRow>(
    `SELECT ${columns} FROM search_index AS i CROSS JOIN messages AS m ON m.id = i.rowid
     WHERE search_index MATCH ? AND i.rowid >= ? AND i.rowid < ? AND ${conditions.sql}
     ORDER BY i.rowid DESC LIMIT ${chunk}`,
    match,
    from,
    to,
    ...conditions.parameters,
  );
}
