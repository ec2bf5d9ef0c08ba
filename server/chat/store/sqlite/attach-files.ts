import { Attachment } from '../../../../shared/attachment.ts';
import { Refusal } from '../../refusal.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';

type Row = { message: number; attachment: string };

/** What a new message is to carry: finished uploads of its author's, each once. */
export async function filesToAttach(
  transaction: LogTransaction,
  author: number,
  ids: readonly string[],
): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  for (const id of new Set(ids)) {
    const [row] = await transaction.all<{ attachment: string }>(
      "SELECT attachment FROM files WHERE id = ? AND member = ? AND state = 'ready'",
      id,
      author,
    );
    if (row === undefined) throw new Refusal('attachment-missing');
    attachments.push(parsed(row.attachment));
  }
  return attachments;
}

export async function attachFiles(
  transaction: LogTransaction,
  message: number,
  attachments: readonly Attachment[],
): Promise<void> {
  for (const [position, { id }] of attachments.entries()) {
    await transaction.all('INSERT INTO attachments (message, position, file) VALUES (?, ?, ?)', message, position, id);
    await transaction.all('UPDATE files SET sent = 1 WHERE id = ?', id);
  }
}

/** By message, in their order. */
export async function attachmentsOf(
  reader: Pick<Connection, 'all'>,
  messages: readonly number[],
): Promise<Map<number, Attachment[]>> {
  const rows = await reader.all<Row>(
    `SELECT a.message, f.attachment FROM attachments AS a JOIN files AS f ON f.id = a.file
     WHERE a.message IN (SELECT value FROM json_each(?)) ORDER BY a.message, a.position`,
    JSON.stringify(messages),
  );
  const attachments = new Map<number, Attachment[]>();
  for (const { message, attachment } of rows) {
    const before = attachments.get(message);
    if (before === undefined) attachments.set(message, [parsed(attachment)]);
    else before.push(parsed(attachment));
  }
  return attachments;
}

function parsed(json: string): Attachment {
  return Attachment.parse(JSON.parse(json));
}
