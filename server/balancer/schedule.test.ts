import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Order, stateOf } from './replica.ts';
import { afterFact, type Health, type HealthFact, isUsable, startingHealth } from './replica-health.ts';
import { compareIds, createTurns } from './turns.ts';

const ids = ['chat-1', 'chat-2', 'chat-3', 'chat-10'];
type Simulated = { id: string; health: Health; order: Order; weight: number };

const fact = fc.oneof(
  fc.record({ kind: fc.constant('check-passed' as const), at: fc.nat(60_000) }),
  fc.constantFrom<HealthFact>(
    ...(['check-failed', 'not-ready', 'connected', 'answered', 'socket-gone'] as const).map((kind) => ({
      kind,
    })),
  ),
  fc.record({
    kind: fc.constantFrom('connect-failed' as const, 'handshake-failed' as const),
    at: fc.nat(60_000),
    ejectionMs: fc.nat(7_500),
  }),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('fact' as const), id: fc.constantFrom(...ids), fact }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('joins' as const), id: fc.constantFrom(...ids) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leaves' as const), id: fc.constantFrom(...ids) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      id: fc.constantFrom(...ids),
      order: fc.constantFrom<Order>('none', 'pause', 'drain'),
    }),
  },
);
const weightStep = fc.record({
  kind: fc.constant('weight' as const),
  id: fc.constantFrom(...ids),
  weight: fc.integer({ min: 1, max: 100 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S | { kind: 'weight'; id: string; weight: number } : never;

/** Joins, leaves, failures, orders and weights in any order; tells who was usable at each turn and who had it. */
function play(schedule: readonly Step[]): { usable: string[]; turn: string | undefined }[] {
  const turns = createTurns();
  const cluster = new Map<string, Simulated>();
  const played: { usable: string[]; turn: string | undefined }[] = [];
  for (const each of schedule) {
    const replica = 'id' in each ? cluster.get(each.id) : undefined;
    if (each.kind === 'turns')
      for (let index = 0; index < each.count; index += 1) {
        const usable = [...cluster.values()]
          .filter((one) => isUsable({ state: stateOf(one) }))
          .sort((one, other) => compareIds(one.id, other.id));
        played.push({ usable: usable.map(({ id }) => id), turn: turns.next(usable) });
      }
    else if (each.kind === 'joins')
      cluster.set(each.id, {
        order: 'none',
        weight: 1,
        ...replica,
        id: each.id,
        health: afterFact(startingHealth, { kind: 'check-passed', at: 0 }),
      });
    else if (each.kind === 'leaves') cluster.delete(each.id);
    else if (replica !== undefined) {
      if (each.kind === 'fact') replica.health = afterFact(replica.health, each.fact);
      if (each.kind === 'order') replica.order = each.order;
      if (each.kind === 'weight') replica.weight = each.weight;
    }
  }
  return played;
}

describe('turns through joins, leaves, failures, orders and weights', () => {
  test('[G8.1] only what is usable gets a turn, and one is given whenever anything is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(step, weightStep), { maxLength: 150 }), (schedule) => {
        for (const { usable, turn } of play(schedule))
          if (usable.length === 0) expect(turn).toBeUndefined();
          else expect(usable).toContain(turn);
      }),
      { numRuns: 300 },
    );
  });

  test('[G8.1] [G8.3] at equal weights the turn is always that of the next usable one after whoever was last', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (schedule) => {
        let last = '';
        for (const { usable, turn } of play(schedule)) {
          if (turn === undefined) continue;
          expect(turn).toBe(usable.find((id) => compareIds(id, last) > 0) ?? usable[0]);
          last = turn;
        }
      }),
      { numRuns: 300 },
    );
  });
});
