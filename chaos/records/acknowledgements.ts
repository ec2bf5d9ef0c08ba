import { createNumberColumn, type NumberColumn } from './number-column.ts';

/** What one person's sends were answered; a repeat adds another entry. */
export type Acknowledgements = {
  readonly author: number;
  readonly clientIds: string[];
  readonly seqs: NumberColumn;
  add(clientId: string, seq: number): void;
};

export function createAcknowledgements(author: number): Acknowledgements {
  const clientIds: string[] = [];
  const seqs = createNumberColumn();
  return {
    ...{ author, clientIds, seqs },
    add(clientId, seq) {
      clientIds.push(clientId);
      seqs.push(seq);
    },
  };
}
