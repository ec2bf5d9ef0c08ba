import { expect, test } from 'vitest';
import { restartDelayMs } from './restart-delay.ts';

test('[G7.2] the first restart is immediate, then the wait doubles up to 30 s', () => {
  const longest = [1, 2, 3, 4, 5, 8, 9, 100].map((failures) => restartDelayMs(failures, () => 1));
  expect(longest).toEqual([0, 500, 1_000, 2_000, 4_000, 30_000, 30_000, 30_000]);
});

test('[G7.2] jitter takes away half of the wait at most', () => {
  expect(restartDelayMs(4, () => 0)).toBe(1_000);
  expect(restartDelayMs(4, () => 0.5)).toBe(1_500);
});
