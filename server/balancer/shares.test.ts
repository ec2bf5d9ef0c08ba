import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastLoaded, surplus, weightAt } from './shares.ts';

const replicas = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), load: fc.nat(5_000) }), { minLength: 1, maxLength: 6 })
  .map((list) => list.map((each, index) => ({ id: `chat-${index + 1}`, ...each })));

describe('shares', () => {
  test('[G8.7] a slow start grows from a tenth to the whole weight, and none is none', () => {
    expect([0, 5_000, 10_000, 20_000].map((upForMs) => weightAt(10, upForMs, 10_000))).toEqual([1, 5, 10, 10]);
    expect(weightAt(10, 0, 0)).toBe(10);
  });

  test('[G8.7] least connections chooses whoever has fewest for its weight', () => {
    fc.assert(
      fc.property(replicas, (list) => {
        const least = leastLoaded(list);
        expect(least.length).toBeGreaterThan(0);
        for (const { load, weight } of least)
          for (const other of list) expect(load / weight).toBeLessThanOrEqual(other.load / other.weight);
      }),
    );
  });

  test('[G9.6] a rebalance takes only what is above the share, and no more than it may', () => {
    fc.assert(
      fc.property(replicas, fc.integer({ min: 1, max: 50 }), (list, most) => {
        const total = list.reduce((sum, { load }) => sum + load, 0);
        const weights = list.reduce((sum, { weight }) => sum + weight, 0);
        const taken = surplus(list, most);
        expect(taken.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(most);
        for (const { id, count } of taken) {
          const replica = list.find((each) => each.id === id);
          const share = (total * (replica?.weight ?? 0)) / weights;
          expect((replica?.load ?? 0) - count).toBeGreaterThanOrEqual(share - 1e-6);
        }
      }),
    );
  });

  test('[G9.6] it comes to rest: even replicas lose nothing', () => {
    const even = [105, 100, 95].map((load, index) => ({ id: `chat-${index}`, weight: 1, load }));
    expect(surplus(even, 10)).toEqual([]);
    expect(surplus([{ id: 'only', weight: 1, load: 9_000 }], 10)).toEqual([]);
  });
});
