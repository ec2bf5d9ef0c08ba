import { DatabaseSync } from 'node:sqlite';
import { createNumberColumn, type NumberColumn } from '../records/number-column.ts';

/** What a channel's table has, read by another SQLite than the one that writes it. */
export type StoredMessages = {
  readonly seqs: NumberColumn;
  readonly authors: NumberColumn;
  readonly clientIds: string[];
  /** Reads what is new. */
  refresh(): void;
  close(): void;
};

type Row = { id: number; author: number; client_id: string };

export function watchStoredMessages(path: string, channel: number): StoredMessages {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
  const newer = database.prepare('SELECT id, author, client_id FROM messages WHERE channel = ? AND id > ? ORDER BY id');
  const [seqs, authors] = [createNumberColumn(), createNumberColumn()];
  const clientIds: string[] = [];
  return {
    ...{ seqs, authors, clientIds },
    refresh() {
      const last = seqs.length === 0 ? 0 : seqs.at(seqs.length - 1);
      for (const { id, author, client_id: clientId } of newer.all(channel, last) as Row[]) {
        seqs.push(id);
        authors.push(author);
        clientIds.push(clientId);
      }
    },
    close: () => database.close(),
  };
}
