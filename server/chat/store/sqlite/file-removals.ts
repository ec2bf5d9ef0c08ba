import type { LogTransaction } from './log-transaction.ts';

/** Takes a message's files from it; what no other message carries goes from the volume too. */
export async function detachFiles(transaction: LogTransaction, message: number): Promise<void> {
  const detached = await transaction.all<{ file: string }>(
    'DELETE FROM attachments WHERE message = ? RETURNING file',
    message,
  );
  for (const { file } of detached) {
    const others = await transaction.all('SELECT 1 FROM attachments WHERE file = ? LIMIT 1', file);
    if (others.length === 0) await removeFile(transaction, file);
  }
}

/** One that no message carries; what only it had on the volume is doomed. */
export async function removeFile(transaction: LogTransaction, id: string): Promise<void> {
  const contents = await transaction.all<{ key: string }>('DELETE FROM file_contents WHERE file = ? RETURNING key', id);
  for (const { key } of contents) {
    const others = await transaction.all('SELECT 1 FROM file_contents WHERE key = ? LIMIT 1', key);
    if (others.length > 0) continue;
    await transaction.all('DELETE FROM contents WHERE key = ?', key);
    await transaction.all('INSERT OR IGNORE INTO doomed_contents (key) VALUES (?)', key);
  }
  await transaction.all('DELETE FROM files WHERE id = ?', id);
}
