import type { LabFigures } from '../../server/lab/lab-order.ts';
import { arrivalsOf } from '../checks/arrivals.ts';
import { createFindings } from '../checks/faults-found.ts';
import type { Acknowledgements } from '../records/acknowledgements.ts';
import { countUpTo, type NumberColumn } from '../records/number-column.ts';
import type { ReaderRecord } from '../records/reader-record.ts';

export type LabHistory = {
  /** Read after the acknowledgements were counted: what was acknowledged by then has to be in it. */
  stored: { seqs: NumberColumn; authors: NumberColumn; clientIds: readonly string[] };
  acknowledgements: { of: Acknowledgements; count: number }[];
  readers: ReaderRecord[];
};

/** Pure: what became of the messages of the lab's channel, by the same rules as `npm run chaos` (see checks/). */
export function countMessages({
  stored,
  acknowledgements,
  readers,
}: LabHistory): Pick<LabFigures, 'stored' | 'delivered' | 'due' | 'lost' | 'doubled' | 'reordered'> {
  const { seqs, authors, clientIds } = stored;
  const head = seqs.length === 0 ? 0 : seqs.at(seqs.length - 1);
  const findings = createFindings();
  let [delivered, due] = [0, 0];

  const known = new Set<string>();
  for (const [index, clientId] of clientIds.entries()) {
    const key = `${authors.at(index)} ${clientId}`;
    if (known.has(key)) findings.add('doubled', () => key);
    known.add(key);
  }

  for (const { of, count } of acknowledgements)
    for (let index = 0; index < count; index += 1) {
      const seq = of.seqs.at(index);
      const row = countUpTo(seqs, seq) - 1;
      const there = row >= 0 && seqs.at(row) === seq && clientIds[row] === of.clientIds[index];
      if (!there) findings.add('lost', () => `${of.clientIds[index]} was acknowledged as #${seq}`);
    }

  for (const reader of readers) {
    const { seen, windows } = arrivalsOf(reader, head, findings);
    const from = windows[0]?.from ?? Number.POSITIVE_INFINITY;
    for (const seq of seqs) {
      if (seq <= from) continue;
      due += 1;
      if (seen[seq] === 1) delivered += 1;
      else if (windows.some((window) => seq > window.from && seq <= window.to))
        findings.add('lost', () => `${reader.name} never got #${seq}`);
    }
  }
  const { lost, doubled, reordered } = findings.found;
  return { stored: seqs.length, delivered, due, lost, doubled, reordered };
}
