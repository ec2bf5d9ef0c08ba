import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { eachPiece } from './each-piece.ts';

const pieces = () => Array.from({ length: 20 }, (_, index) => Buffer.alloc(100_000, index));

test('pieces are taken one after another, and each is let go before the next one comes', async () => {
  const [sent, seen]: [Buffer[], number[]] = [pieces(), []];
  let taking = 0;
  await eachPiece(Readable.from(sent).pipe(new PassThrough()), async (bytes) => {
    taking += 1;
    expect(taking).toBe(1);
    for (const earlier of sent.slice(0, seen.length)) expect(earlier.length).toBe(0);
    await new Promise(setImmediate);
    seen.push(bytes[0] ?? -1);
    taking -= 1;
  });
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(sent.every(({ length }) => length === 0)).toBe(true);
});

test('a small piece of a pool is left as it is', async () => {
  const small = Buffer.from('small');
  await eachPiece(Readable.from([small]), async () => undefined);
  expect(small.toString()).toBe('small');
});

test('what breaks in taking one ends the stream, and is told', async () => {
  const stream = Readable.from(pieces());
  let taken = 0;
  const broken = eachPiece(stream, async () => {
    taken += 1;
    if (taken === 3) throw new Error('full');
  });
  await expect(broken).rejects.toThrow('full');
  expect([taken, stream.destroyed]).toEqual([3, true]);
});

test('a stream that breaks is told of once what had come was taken', async () => {
  const stream = new PassThrough();
  let taken = 0;
  const broken = eachPiece(stream, async (bytes) => {
    await new Promise(setImmediate);
    taken += bytes.length;
  });
  stream.once('data', () => stream.destroy(new Error('cut off')));
  stream.write(Buffer.alloc(70_000));
  await expect(broken).rejects.toThrow('cut off');
  expect(taken).toBe(70_000);
});
