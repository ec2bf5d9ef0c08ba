import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameCursor } from './frame-cursor.ts';

const frame = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constantFrom(65_535, 65_536, 70_000)), fc.boolean())
  .map(([length, masked]) => {
    const mask = masked ? 0x80 : 0;
    const extended = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
    if (extended.length === 2) extended.writeUInt16BE(length);
    if (extended.length === 8) extended.writeBigUInt64BE(BigInt(length));
    const short = length < 126 ? length : length < 65_536 ? 126 : 127;
    return Buffer.concat([
      Buffer.from([0x82, mask | short]),
      extended,
      Buffer.alloc(masked ? 4 : 0),
      Buffer.alloc(length, 0xff),
    ]);
  });

test('[G9] it knows the end of every frame, in whatever pieces they come', () => {
  fc.assert(
    fc.property(
      fc.array(frame, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(80_000), { maxLength: 12 }),
      (frames, cuts) => {
        const bytes = Buffer.concat(frames);
        const ends = new Set<number>([0]);
        for (const each of frames) ends.add(Math.max(...ends) + each.length);
        const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
          (a, b) => a - b,
        );
        const passing = new FrameCursor();
        const stopping = new FrameCursor();
        const found: number[] = [];
        for (const [index, place] of places.slice(1).entries()) {
          passing.pass(bytes.subarray(places[index], place));
          expect(passing.betweenFrames).toBe(ends.has(place));
          for (let at = places[index] ?? 0; at < place; ) {
            at += stopping.toFrameEnd(bytes.subarray(at, place));
            if (stopping.betweenFrames) found.push(at);
          }
        }
        expect(found).toEqual([...ends].slice(1));
      },
    ),
    { numRuns: 200 },
  );
});
