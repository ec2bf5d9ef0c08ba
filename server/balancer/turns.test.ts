import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareIds, createTurns } from './turns.ts';

const ids = ['chat-1', 'chat-2', 'chat-3', 'chat-4', 'chat-10'];
const someIds = fc.subarray(ids);
const equal = (usable: readonly string[]) => usable.map((id) => ({ id, weight: 1 }));

describe('turns', () => {
  test('[G8.1] a set that stays the same is served in order, over and over', () => {
    fc.assert(
      fc.property(fc.subarray(ids, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (usable, rounds) => {
        const turns = createTurns();
        const served = Array.from({ length: usable.length * rounds }, () => turns.next(equal(usable)));
        expect(served).toEqual(Array.from({ length: rounds }, () => usable).flat());
      }),
    );
  });

  test('[G8.1] between two turns of one replica every other that stays usable has exactly one, whoever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(someIds, { maxLength: 200 }), (schedule) => {
        const turns = createTurns();
        const served = schedule.map((usable) => ({ usable, turn: turns.next(equal(usable)) }));
        for (const [start, { turn }] of served.entries()) {
          if (turn === undefined) continue;
          const length = served.slice(start + 1).findIndex((later) => later.turn === turn);
          if (length === -1) continue;
          const between = served.slice(start + 1, start + 1 + length);
          // A turn of its own must not have been possible to skip.
          if (![...between, served[start + 1 + length]].every((each) => each?.usable.includes(turn))) continue;
          for (const other of ids) {
            if (other === turn || !between.every(({ usable }) => usable.includes(other))) continue;
            if (!served[start]?.usable.includes(other) || !served[start + 1 + length]?.usable.includes(other)) continue;
            expect(between.filter((each) => each.turn === other)).toHaveLength(1);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('[G8.1] nobody starves: a replica that stays usable waits at most one turn of each other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.array(someIds, { minLength: 20, maxLength: 100 }), (steady, schedule) => {
        const turns = createTurns();
        let waited = 0;
        for (const others of schedule) {
          const turn = turns.next(equal([...new Set([...others, steady])].sort(compareIds)));
          waited = turn === steady ? 0 : waited + 1;
          expect(waited).toBeLessThan(ids.length);
        }
      }),
    );
  });

  test('[G8.1] only a usable replica gets a turn, and none is given where there is none', () => {
    fc.assert(
      fc.property(fc.array(someIds), (schedule) => {
        const turns = createTurns();
        for (const usable of schedule) {
          const turn = turns.next(equal(usable));
          if (usable.length === 0) expect(turn).toBeUndefined();
          else expect(usable).toContain(turn);
        }
      }),
    );
  });

  test('[G8.3] the cursor outlives a time with nobody', () => {
    const turns = createTurns();
    const all = equal(['a', 'b', 'c']);
    expect([turns.next(all), turns.next([]), turns.next(all)]).toEqual(['a', undefined, 'b']);
  });

  test('[G8.4] with some broken, each connection tries each replica at most once and the others serve in exact order', () => {
    fc.assert(
      fc.property(
        fc.subarray(ids, { minLength: 1 }),
        someIds,
        fc.integer({ min: 1, max: 30 }),
        (usable, broken, count) => {
          const turns = createTurns();
          const working = usable.filter((id) => !broken.includes(id));
          const served = Array.from({ length: count }, () => {
            const tried = new Set<string>();
            for (;;) {
              const turn = turns.next(equal(usable), tried);
              if (turn === undefined || working.includes(turn)) return turn;
              expect(tried.has(turn)).toBe(false);
              tried.add(turn);
            }
          });
          expect(served).toEqual(served.map((_, index) => working[index % working.length]));
        },
      ),
    );
  });

  test('[G8.6] with weights each gets its share of every round, spread evenly', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 300 }), (list, count) => {
        const turns = createTurns();
        const usable = list.map((weight, index) => ({ id: `chat-${index + 1}`, weight }));
        const heaviest = Math.max(...list);
        const heavy = `chat-${list.indexOf(heaviest) + 1}`;
        const served = Array.from({ length: count }, () => turns.next(usable));
        const rounds = served.filter((id) => id === heavy).length;
        for (const { id, weight } of usable) {
          const its = served.filter((each) => each === id).length;
          expect(Math.abs(its - (rounds * weight) / heaviest)).toBeLessThan(2);
        }
      }),
    );
  });

  test('[G8.6] nobody starves for being light, whoever comes, goes and changes weight', () => {
    const step = fc.record({ others: someIds, weights: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 5 }) });
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.array(step, { minLength: 100, maxLength: 200 }), (steady, schedule) => {
        const turns = createTurns();
        let waited = 0;
        for (const { others, weights } of schedule) {
          const usable = [...new Set([...others, steady])].sort(compareIds);
          const turn = turns.next(usable.map((id) => ({ id, weight: weights[ids.indexOf(id)] ?? 1 })));
          expect(usable).toContain(turn);
          waited = turn === steady ? 0 : waited + 1;
          // At least a tenth of a turn is saved up each time that the cursor passes.
          expect(waited).toBeLessThan(10 * ids.length);
        }
      }),
    );
  });

  test('[G8.3] after a time of unequal weights the turns are exact again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
        fc.nat(50),
        (list, count) => {
          const turns = createTurns();
          const three = ['a', 'b', 'c'];
          for (let index = 0; index < count; index += 1)
            turns.next(three.map((id, place) => ({ id, weight: list[place] ?? 1 })));
          const first = three[(three.indexOf(turns.served) + 1) % 3] ?? '';
          const start = three.indexOf(first);
          const expected = Array.from({ length: 9 }, (_, index) => three[(start + index) % 3]);
          expect(Array.from({ length: 9 }, () => turns.next(equal(three)))).toEqual(expected);
        },
      ),
    );
  });

  test('ids are ordered as people count', () => {
    expect(['chat-10', 'chat-2', 'chat-1'].sort(compareIds)).toEqual(['chat-1', 'chat-2', 'chat-10']);
  });
});
