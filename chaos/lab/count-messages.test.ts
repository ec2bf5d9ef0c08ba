import { expect, test } from 'vitest';
import type { Frame } from '../../shared/protocol.ts';
import { createAcknowledgements } from '../records/acknowledgements.ts';
import { createNumberColumn } from '../records/number-column.ts';
import { createReaderRecord } from '../records/reader-record.ts';
import { createStreamNames } from '../records/stream-names.ts';
import { countMessages } from './count-messages.ts';

const stream = 'channel:9';

function storedOf(messages: [seq: number, clientId: string][]) {
  const [seqs, authors] = [createNumberColumn(), createNumberColumn()];
  for (const [seq] of messages) {
    seqs.push(seq);
    authors.push(1);
  }
  return { seqs, authors, clientIds: messages.map(([, clientId]) => clientId) };
}

/** Somebody who was greeted at `from` and got these events. */
function readerOf(from: number, seqs: number[]) {
  const record = createReaderRecord({ name: 'Lab 1', member: 1, names: createStreamNames() });
  record.begin();
  record.take(`log.${from}`, { kind: 'hello', log: 'log', head: from, heads: { [stream]: from } } as unknown as Frame);
  for (const seq of seqs) record.take(`log.${seq}`, { seq, stream, previous: 0 } as unknown as Frame);
  return record;
}

function acknowledged(...messages: [clientId: string, seq: number][]) {
  const of = createAcknowledgements(1);
  for (const [clientId, seq] of messages) of.add(clientId, seq);
  return { of, count: messages.length };
}

const messages: [number, string][] = [
  [11, 'a'],
  [12, 'b'],
  [14, 'c'],
];

test('[C.5] where all came once and in order nothing is counted as lost, doubled or reordered', () => {
  const history = { stored: storedOf(messages), acknowledgements: [acknowledged(['a', 11], ['c', 14])] };
  expect(countMessages({ ...history, readers: [readerOf(10, [11, 12, 14]), readerOf(12, [14])] })).toEqual({
    ...{ stored: 3, delivered: 4, due: 4 },
    ...{ lost: 0, doubled: 0, reordered: 0 },
  });
  // Whoever is still behind has lost nothing yet.
  expect(countMessages({ ...history, readers: [readerOf(10, [11])] })).toMatchObject({ delivered: 1, due: 3, lost: 0 });
});

test('[C.5] what was acknowledged and isn’t stored, and what a reader was never sent, is lost', () => {
  const acknowledgements = [acknowledged(['a', 11], ['x', 13])];
  const readers = [readerOf(10, [11, 14])];
  expect(countMessages({ stored: storedOf(messages), acknowledgements, readers })).toMatchObject({ lost: 2 });
});

test('[C.5] what is stored or sent twice is doubled, what comes after its successor is reordered', () => {
  const twice = storedOf([...messages, [15, 'c']]);
  expect(countMessages({ stored: twice, acknowledgements: [], readers: [readerOf(10, [11, 11])] })).toMatchObject({
    doubled: 2,
  });
  const readers = [readerOf(10, [12, 11, 14])];
  expect(countMessages({ stored: storedOf(messages), acknowledgements: [], readers })).toMatchObject({
    reordered: 1,
    doubled: 0,
  });
});
