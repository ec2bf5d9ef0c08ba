import { expect, test } from 'vitest';
import type { LogEvent } from '../../../shared/protocol.ts';
import { createSnapshotReader } from './read-as-of.ts';

type Data = { cursor: number; seen: number[] };

const apply = (data: Data, { seq }: LogEvent): Data =>
  seq > data.cursor ? { cursor: seq, seen: [...data.seen, seq] } : data;
const event = (seq: number) => ({ seq }) as LogEvent;

function createReader() {
  let position = 10;
  const reader = createSnapshotReader({ online: () => Promise.resolve(), position: () => position });
  return {
    reader,
    tell(seq: number) {
      position = seq;
      reader.note(event(seq));
    },
  };
}

test('[G4] events that come while a snapshot is in flight are applied to it, those it has already are not', async () => {
  const { reader, tell } = createReader();
  const data = await reader.read(async (): Promise<Data> => {
    tell(11);
    tell(12);
    return { cursor: 11, seen: [] };
  }, apply);
  expect(data).toEqual({ cursor: 12, seen: [12] });
});

test('[G4] a snapshot older than the stream was when it was asked for is asked for again', async () => {
  const { reader } = createReader();
  const cursors = [9, 10];
  const data = await reader.read(async () => ({ cursor: cursors.shift() ?? 0, seen: [] }), apply);
  expect(data.cursor).toBe(10);
});

test('[G4] a snapshot during which everything had to be taken anew is taken again too', async () => {
  const { reader } = createReader();
  let asked = 0;
  const data = await reader.read(async (): Promise<Data> => {
    asked += 1;
    if (asked === 1) reader.forget();
    return { cursor: 10, seen: [asked] };
  }, apply);
  expect(data.seen).toEqual([2]);
});

test('no answer is asked for again, a refusal is passed on', async () => {
  const { reader } = createReader();
  const errors: unknown[] = [
    new Error('the socket died'),
    Object.assign(new Error(), { data: { reason: 'not-allowed' } }),
  ];
  await expect(reader.read(() => Promise.reject(errors.shift()), apply)).rejects.toHaveProperty(
    'data.reason',
    'not-allowed',
  );
  expect(errors).toEqual([]);
});
