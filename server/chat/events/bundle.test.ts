import { expect, test } from 'vitest';
import { Bundle } from './bundle.ts';
import { createRing } from './ring.ts';

const ring = createRing('0123456789ab', 0);
const entry = (seq: number, stream: string) =>
  ring.push({ seq, stream, kind: 'message-posted', payload: JSON.stringify({ seq, stream }) });
const seqsIn = (bytes: Buffer) => [...bytes.toString('latin1').matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));

test('[G2.1] connections with the same streams share the bytes of a tick, each with its own events in order', () => {
  const entries = [entry(1, 'channel:1'), entry(2, 'channel:2'), entry(3, 'channel:1'), entry(4, 'workspace')];
  const follow = (streams: string[]) =>
    entries
      .filter(({ stream }) => streams.includes(stream))
      .reduce((due: Bundle, each) => due.with(each), Bundle.empty);
  const [both, one, alsoBoth] = [
    ['channel:1', 'channel:2', 'workspace'],
    ['channel:1'],
    ['channel:1', 'channel:2', 'workspace'],
  ].map(follow);
  expect(seqsIn(both?.bytesFor(1) ?? Buffer.of())).toEqual([1, 2, 3, 4]);
  expect(seqsIn(one?.bytesFor(1) ?? Buffer.of())).toEqual([1, 3]);
  expect(alsoBoth?.bytesFor(1).equals(both?.bytesFor(1) ?? Buffer.of())).toBe(true);
  expect(both?.bytesFor('x').toString()).toContain('"id":"x"');
  expect(both?.bytesFor(1).toString()).toContain('"id":1,');
});

test('[G6.3] what a tick had of a channel that is left in it is taken out again', () => {
  const due = [entry(5, 'channel:1'), entry(6, 'member:1'), entry(7, 'channel:1'), entry(8, 'channel:2')].reduce(
    (bundle: Bundle, each) => bundle.with(each),
    Bundle.empty,
  );
  expect(seqsIn(due.without('channel:1').bytesFor(1))).toEqual([6, 8]);
  expect(due.without('channel:1').last?.seq).toBe(8);
  expect(seqsIn(due.bytesFor(1))).toEqual([5, 6, 7, 8]);
});
