import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconnectDelayMs } from './socket.ts';

test('[UX29] who loses a replica together comes back one after another, later each time, and within five seconds', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
      const delay = reconnectDelayMs(attempt, () => chance);
      expect(delay).toBeGreaterThan(0);
      expect(delay).toBeLessThanOrEqual(5_000);
      expect(reconnectDelayMs(attempt + 1, () => chance)).toBeGreaterThanOrEqual(delay);
    }),
  );
  for (const attempt of [0, 3, 9]) {
    const delays = Array.from({ length: 1_000 }, () => reconnectDelayMs(attempt));
    const longest = Math.max(...delays);
    // No tenth of the time gets more than twice its share of them.
    for (let part = 2; part < 10; part += 1) {
      const there = delays.filter((delay) => Math.floor((delay / longest) * 10) === part).length;
      expect(there).toBeLessThan(250);
      expect(there).toBeGreaterThan(50);
    }
  }
});
