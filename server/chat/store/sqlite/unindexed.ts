import type { Unindexed } from '../store.ts';
import type { Connection } from './connection.ts';
import { type SearchedMessage, searchVersion, tokensOf } from './search-tokens.ts';
import { searchedFiles } from './searched-files.ts';

/** What the search's index lacks, from the messages themselves: it needs no log, however old they are. */
export async function readUnindexed(reader: Connection, limit: number): Promise<Unindexed> {
  const [progress] = await reader.all<{ message: number; version: number; stale: number }>(
    'SELECT message, version, EXISTS (SELECT 1 FROM search_stale) AS stale FROM search_progress',
  );
  const { message: from = 0, version = 0, stale = 0 } = progress ?? {};
  const rows = await reader.all<SearchedMessage & { deleted_by: number | null }>(
    `SELECT m.id, m.channel, m.author, m.text, m.deleted_by, ${searchedFiles} AS files
     FROM messages AS m WHERE m.id > ? ORDER BY m.id LIMIT ?`,
    from,
    limit,
  );
  const words = new Set<string>();
  const messages = rows
    .filter(({ deleted_by }) => deleted_by === null)
    .map((row) => {
      const found = tokensOf(row);
      for (const word of found.words) words.add(word);
      return { id: row.id, text: row.text, tokens: found.tokens };
    });
  const due = version <= searchVersion && (version < searchVersion || stale === 1 || rows.length > 0);
  return { due, more: rows.length === limit, from, to: rows.at(-1)?.id ?? from, messages, words: [...words] };
}

export async function readSearchLag(reader: Connection): Promise<number> {
  const [row] = await reader.all<{ lag: number }>(
    'SELECT max(0, coalesce((SELECT max(id) FROM messages), 0) - message) AS lag FROM search_progress',
  );
  return row?.lag ?? 0;
}
