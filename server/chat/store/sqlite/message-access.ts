import { Refusal } from '../../refusal.ts';
import type { Connection } from './connection.ts';
import type { MessageRow } from './message-rows.ts';

type Reader = Pick<Connection, 'all'>;
export type FoundMessage = MessageRow & { edited_seq: number | null; archived_at: number | null };

/** A message that a member may read; who may not is told that there is none. */
export async function readableMessage(reader: Reader, member: number, message: number): Promise<FoundMessage> {
  const [row] = await reader.all<FoundMessage>(
    `SELECT m.*, c.archived_at FROM messages AS m JOIN channels AS c ON c.id = m.channel
     JOIN memberships AS s ON s.channel = m.channel AND s.member = ? WHERE m.id = ?`,
    member,
    message,
  );
  if (row === undefined) throw new Refusal('message-not-found');
  return row;
}

/** The same, for who wants to change it: it isn't deleted, and its channel isn't archived. */
export async function changeableMessage(reader: Reader, member: number, message: number): Promise<FoundMessage> {
  const row = await readableMessage(reader, member, message);
  if (row.deleted_by !== null) throw new Refusal('message-not-found');
  if (row.archived_at !== null) throw new Refusal('channel-archived');
  return row;
}
