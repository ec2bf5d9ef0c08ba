import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { changeableMessage } from './message-access.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Changes nothing where the message has gone, or says something else by now, or its author wants no preview. */
export async function setPreview(
  transaction: LogTransaction,
  { message, link, preview }: MutationOf<'set-preview'>,
): Result<'set-preview'> {
  const [row] = await transaction.all<{ channel: number; author: number }>(
    `SELECT channel, author FROM messages WHERE id = ? AND deleted_by IS NULL AND instr(text, ?) > 0
     AND NOT EXISTS (SELECT 1 FROM previews WHERE message = messages.id AND state <> 'past')`,
    message,
    link,
  );
  if (row === undefined) return null;
  const { channel, author } = row;
  const body = { kind: 'message-previewed', channel, message, preview } as const;
  const seq = await transaction.append({ table: 'channels', id: channel }, body, author);
  const { url, title, description = '', site = '' } = preview;
  await transaction.all(
    "INSERT INTO previews (seq, message, state, url, title, description, site) VALUES (?, ?, 'shown', ?, ?, ?, ?)",
    ...[seq, message, url, title, description, site],
  );
  await transaction.all('UPDATE messages SET changed_seq = ? WHERE id = ?', seq, message);
  return null;
}

/** The row stays, without words: nobody makes another one. */
export async function removePreview(
  transaction: LogTransaction,
  { member, message }: MutationOf<'remove-preview'>,
): Result<'remove-preview'> {
  const { author, channel } = await changeableMessage(transaction, member, message);
  if (author !== member) throw new Refusal('not-allowed');
  const emptied = await emptyPreview(transaction, message, 'removed');
  if (emptied.length === 0) return null;
  const body = { kind: 'message-previewed', channel, message, preview: null, emptied } as const;
  const seq = await transaction.append({ table: 'channels', id: channel }, body, member);
  await transaction.all('UPDATE messages SET changed_seq = ? WHERE id = ?', seq, message);
  return null;
}

/** A text that has changed may have another link, and its author may want that one. Returns the events now empty. */
export async function outdatePreview(transaction: LogTransaction, message: number): Promise<number[]> {
  const emptied = await emptyPreview(transaction, message, 'past');
  await transaction.all("UPDATE previews SET state = 'past' WHERE message = ?", message);
  return emptied;
}

/** Of a message that is deleted; returns the events that had words of it. */
export async function forgetPreviews(transaction: LogTransaction, message: number): Promise<number[]> {
  const rows = await transaction.all<{ seq: number }>('DELETE FROM previews WHERE message = ? RETURNING seq', message);
  return rows.map(({ seq }) => seq);
}

export async function notePreviewed(
  transaction: LogTransaction,
  { seq }: MutationOf<'note-previewed'>,
): Result<'note-previewed'> {
  await transaction.all('UPDATE preview_progress SET seq = max(seq, ?)', seq);
  return null;
}

/** Takes its words out of the table and the log, and returns the events that had them. */
async function emptyPreview(
  transaction: LogTransaction,
  message: number,
  state: 'removed' | 'past',
): Promise<number[]> {
  const rows = await transaction.all<{ seq: number }>(
    `UPDATE previews SET state = ?, url = '', title = '', description = '', site = ''
     WHERE message = ? AND state = 'shown' RETURNING seq`,
    state,
    message,
  );
  const emptied = rows.map(({ seq }) => seq);
  await transaction.all(
    `UPDATE events SET payload = json_set(payload, '$.preview', json('null')) WHERE seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(emptied),
  );
  return emptied;
}
