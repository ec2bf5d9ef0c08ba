import { type Forwarded, Mentions, type Message } from '../../../../shared/protocol.ts';

export type MessageRow = {
  id: number;
  channel: number;
  number: number;
  author: number;
  client_id: string;
  text: string;
  at: number;
  replica: string;
  edited_at: number | null;
  deleted_by: number | null;
  changed_seq: number | null;
  thread: number | null;
  thread_number: number | null;
  quotes: number | null;
  forwarded: string | null;
  mentions: string | null;
};

export const messageColumns =
  'id, channel, number, author, client_id, text, at, replica, edited_at, deleted_by, changed_seq, thread, thread_number, quotes, forwarded, mentions';

/** What isn't so isn't named: most messages are neither edited, nor deleted, nor replies, nor reacted to. */
export function messageOf(
  row: MessageRow,
  { reactions, replies, preview, attachments }: Pick<Message, 'reactions' | 'replies' | 'preview' | 'attachments'>,
): Message {
  const { id, channel, number, author, client_id: clientId, text, at, replica } = row;
  return {
    ...{ id, channel, number, author, clientId, text, at, replica },
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.deleted_by === null ? {} : { deletedBy: row.deleted_by }),
    ...(reactions === undefined ? {} : { reactions }),
    ...(preview === undefined ? {} : { preview }),
    ...(row.thread === null ? {} : { thread: row.thread }),
    ...(row.thread_number === null ? {} : { threadNumber: row.thread_number }),
    ...(row.quotes === null ? {} : { quotes: row.quotes }),
    ...(row.forwarded === null ? {} : { forwarded: JSON.parse(row.forwarded) as Forwarded }),
    ...(replies === undefined ? {} : { replies }),
    ...(row.mentions === null ? {} : { mentions: Mentions.parse(JSON.parse(row.mentions)) }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(row.changed_seq === null ? {} : { changedSeq: row.changed_seq }),
  };
}
