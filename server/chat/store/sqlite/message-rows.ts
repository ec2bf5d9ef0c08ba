import type { Message, Reaction } from '../../../../shared/protocol.ts';

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
};

export const messageColumns =
  'id, channel, number, author, client_id, text, at, replica, edited_at, deleted_by, changed_seq';

/** What isn't so isn't named: most messages are neither edited, nor deleted, nor reacted to. */
export function messageOf(row: MessageRow, reactions: Reaction[] | undefined): Message {
  const { client_id: clientId, edited_at: editedAt, deleted_by: deletedBy, changed_seq: changedSeq, ...rest } = row;
  return {
    ...{ ...rest, clientId },
    ...(editedAt === null ? {} : { editedAt }),
    ...(deletedBy === null ? {} : { deletedBy }),
    ...(reactions === undefined ? {} : { reactions }),
    ...(changedSeq === null ? {} : { changedSeq }),
  };
}
