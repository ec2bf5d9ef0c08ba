import type { MutationOf, Mutations } from '../mutations.ts';
import { takeLease } from './log-mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { type SearchedMessage, searchVersion, tokensOf } from './search-tokens.ts';
import { searchedFiles } from './searched-files.ts';

type Progress = { message: number; version: number };
type Now = SearchedMessage & { deleted_by: number | null };

const staleLimit = 50;

/** One batch of what the index doesn't have yet, with how far it has come, by whoever holds the lease. */
export async function indexMessages(
  transaction: LogTransaction,
  { holder, forMs, from, to, messages, words }: MutationOf<'index-messages'>,
): Promise<Mutations['index-messages']['result']> {
  const { held } = await takeLease(transaction, { kind: 'take-lease', job: 'search', holder, forMs });
  const progress = await readProgress(transaction);
  if (!held || progress.version > searchVersion) return { held: false };
  if (progress.version < searchVersion) {
    await beginAnew(transaction);
    return { held };
  }
  const stale = await transaction.all<{ message: number }>(
    'SELECT DISTINCT message FROM search_stale LIMIT ?',
    staleLimit,
  );
  for (const { message } of stale) await refresh(transaction, message);
  if (progress.message !== from || to <= from) return { held };
  // Their words were taken out before this transaction: what was changed since is done again.
  const changed = await transaction.all<Now>(
    `SELECT m.id, m.channel, m.author, m.text, m.deleted_by, ${searchedFiles} AS files FROM json_each(?) AS one
     JOIN messages AS m ON m.id = one.value ->> 0 WHERE m.text <> one.value ->> 1 OR m.deleted_by IS NOT NULL`,
    JSON.stringify(messages.map(({ id, text }) => [id, text])),
  );
  const outdated = new Set(changed.map(({ id }) => id));
  const sound = messages.filter(({ id }) => !outdated.has(id));
  await addWords(transaction, words);
  await transaction.all(
    'INSERT INTO search_index (rowid, tokens) SELECT value ->> 0, value ->> 1 FROM json_each(?)',
    JSON.stringify(sound.map(({ id, tokens }) => [id, tokens])),
  );
  for (const row of changed) await add(transaction, row);
  await transaction.all('UPDATE search_progress SET message = ?', to);
  return { held };
}

/** After a message's text was changed or emptied: nothing of what it said before stays in the index. */
export async function refreshSearch(transaction: LogTransaction, message: number): Promise<void> {
  const progress = await readProgress(transaction);
  // Of a newer release: it knows what it put in, and finds what is noted of this message.
  if (progress.version <= searchVersion) await refresh(transaction, message);
}

async function refresh(transaction: LogTransaction, message: number): Promise<void> {
  // Changed more than once, it was indexed with the first of these.
  const [before] = await transaction.all<SearchedMessage>(
    `SELECT m.id, m.channel, m.author, s.text, s.files FROM search_stale AS s JOIN messages AS m ON m.id = s.message
     WHERE s.message = ? ORDER BY s.id LIMIT 1`,
    message,
  );
  if (before === undefined) return;
  await remove(transaction, before);
  const [now] = await transaction.all<Now>(
    `SELECT m.id, m.channel, m.author, m.text, m.deleted_by, ${searchedFiles} AS files FROM messages AS m WHERE m.id = ?`,
    message,
  );
  if (now) await add(transaction, now);
  await transaction.all('DELETE FROM search_stale WHERE message = ?', message);
}

async function add(transaction: LogTransaction, row: Now): Promise<void> {
  if (row.deleted_by !== null) return;
  const { tokens, words } = tokensOf(row);
  await addWords(transaction, words);
  await transaction.all('INSERT INTO search_index (rowid, tokens) VALUES (?, ?)', row.id, tokens);
}

async function remove(transaction: LogTransaction, row: SearchedMessage): Promise<void> {
  const { tokens, words } = tokensOf(row);
  await transaction.all(
    "INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)",
    row.id,
    tokens,
  );
  // A word that nobody else has said is gone with it.
  for (const word of words) {
    const others = await transaction.all('SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1', `"${word}"`);
    if (others.length === 0) await removeWord(transaction, word);
  }
}

async function removeWord(transaction: LogTransaction, word: string): Promise<void> {
  const [gone] = await transaction.all<{ id: number }>('DELETE FROM search_words WHERE word = ? RETURNING id', word);
  if (gone === undefined) return;
  await transaction.all("INSERT INTO search_parts (search_parts, rowid, word) VALUES ('delete', ?, ?)", gone.id, word);
}

async function addWords(transaction: LogTransaction, words: string[]): Promise<void> {
  const added = await transaction.all<{ id: number; word: string }>(
    'INSERT OR IGNORE INTO search_words (word) SELECT value FROM json_each(?) RETURNING id, word',
    JSON.stringify(words),
  );
  if (added.length === 0) return;
  await transaction.all(
    'INSERT INTO search_parts (rowid, word) SELECT value ->> 0, value ->> 1 FROM json_each(?)',
    JSON.stringify(added.map(({ id, word }) => [id, word])),
  );
}

async function beginAnew(transaction: LogTransaction): Promise<void> {
  await transaction.all("INSERT INTO search_index (search_index) VALUES ('delete-all')");
  await transaction.all("INSERT INTO search_parts (search_parts) VALUES ('delete-all')");
  await transaction.all('DELETE FROM search_words');
  await transaction.all('DELETE FROM search_stale');
  await transaction.all('UPDATE search_progress SET message = 0, version = ?', searchVersion);
}

async function readProgress(transaction: LogTransaction): Promise<Progress> {
  const [row] = await transaction.all<Progress>('SELECT message, version FROM search_progress');
  if (row === undefined) throw new Error('The file has no search_progress');
  return row;
}
