import { expect, test } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

test('[G10] a burst goes through at once, then the pace is kept', () => {
  const bucket = createTokenBucket({ perSecond: 10, burst: 3 });
  expect([0, 0, 0].map((now) => bucket.take(1, now))).toEqual([0, 0, 0]);
  expect(bucket.take(1, 0)).toBe(100);
  expect(bucket.take(1, 200)).toBe(0);
  expect(bucket.take(3, 10_000)).toBe(0);
});
