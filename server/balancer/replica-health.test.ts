import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterFact, type Health, type HealthFact, isUsable, startingHealth } from './replica-health.ts';

const good: HealthFact = { kind: 'check-passed', at: 0 };
const bad: HealthFact = { kind: 'check-failed' };
const refused: HealthFact = { kind: 'connect-failed', at: 0, ejectionMs: 1_000 };
const connected: HealthFact = { kind: 'connected' };
const notReady: HealthFact = { kind: 'not-ready' };
const answered: HealthFact = { kind: 'answered' };
const gone: HealthFact = { kind: 'socket-gone' };
const nobody: HealthFact = { kind: 'nobody-listens' };

const anyFact = fc.oneof(
  fc.constantFrom(bad, notReady, connected, answered, gone, nobody),
  fc.record({ kind: fc.constant('check-passed' as const), at: fc.nat(20_000) }),
  fc.record({
    kind: fc.constantFrom('connect-failed' as const, 'handshake-failed' as const),
    at: fc.nat(20_000),
    ejectionMs: fc.nat(5_000),
  }),
);

describe('the health of a replica', () => {
  test('its first good check makes a new one usable', () => {
    expect(healthAfter([bad, bad, bad, bad]).state).toBe('starting');
    expect(healthAfter([bad, good]).state).toBe('up');
  });

  test('three failed checks take it out, one or two make it suspect and still usable', () => {
    expect(healthAfter([good, bad]).state).toBe('suspect');
    expect(isUsable(healthAfter([good, bad, bad]))).toBe(true);
    expect(healthAfter([good, bad, bad, bad]).state).toBe('down');
    expect(healthAfter([good, bad, bad, good, bad, bad]).state).toBe('suspect');
  });

  test('[G8.12] where nobody listens any more it is down at once; one that never was there goes on starting', () => {
    expect(healthAfter([good, nobody]).state).toBe('down');
    expect(healthAfter([good, notReady, nobody]).state).toBe('down');
    expect(healthAfter([good, nobody, good]).state).toBe('down');
    expect(healthAfter([good, nobody, good, good]).state).toBe('up');
    expect(healthAfter([nobody, nobody, nobody]).state).toBe('starting');
  });

  test('two good checks in a row bring it back', () => {
    const down = healthAfter([good, bad, bad, bad]);
    expect(healthAfter([good], down).state).toBe('down');
    expect(healthAfter([good, bad, good], down).state).toBe('down');
    expect(healthAfter([good, good], down).state).toBe('up');
  });

  test('three failed connects in a row eject it, whatever its checks say', () => {
    expect(healthAfter([good, refused, refused]).state).toBe('suspect');
    expect(healthAfter([good, refused, good, refused, good, refused]).state).toBe('down');
    expect(healthAfter([good, refused, refused, connected, refused]).state).toBe('suspect');
  });

  test('each ejection in a row lasts longer, and good checks before its end count for nothing', () => {
    const ejected = healthAfter([good, refused, refused, refused]);
    expect(ejected.ejectedUntil).toBe(1_000);
    expect(healthAfter([good, good, good], ejected).state).toBe('down');
    const late: HealthFact = { kind: 'check-passed', at: 1_000 };
    const back = healthAfter([late, late], ejected);
    expect(back.state).toBe('up');
    expect(healthAfter([refused, refused, refused], back).ejectedUntil).toBe(2_000);
    expect(healthAfter([connected, answered, refused, refused, refused], back).ejectedUntil).toBe(1_000);
  });

  test('a replica that takes its socket away drains, and no check brings it back', () => {
    expect(healthAfter([good, gone]).state).toBe('draining');
    expect(healthAfter([good, gone, good, good, bad, refused, gone]).state).toBe('draining');
    expect(healthAfter([good, gone, good, good]).state).toBe('draining');
    expect(healthAfter([gone]).state).toBe('down');
  });

  test('[G8.8] a replica that says that it wants no more drains at once, and comes back by its first good check', () => {
    expect(healthAfter([good, notReady]).state).toBe('draining');
    expect(healthAfter([good, notReady, good]).state).toBe('up');
    expect(healthAfter([good, notReady, bad, bad, bad, good]).state).toBe('down');
    expect(healthAfter([notReady]).state).toBe('starting');
  });

  test('[G8.9] three handshakes in a row without an answer eject it, though every connect works', () => {
    const silent: HealthFact = { kind: 'handshake-failed', at: 0, ejectionMs: 1_000 };
    expect(healthAfter([good, connected, silent, connected, silent]).state).toBe('suspect');
    expect(healthAfter([good, connected, silent, connected, silent, connected, silent]).state).toBe('down');
    expect(healthAfter([good, silent, silent, answered, good, silent]).state).toBe('suspect');
  });

  test('a replica is usable only after a good check since it was last found out', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 60 }), (facts) => {
        let health = startingHealth;
        for (const fact of facts) {
          const next = afterFact(health, fact);
          if (isUsable(next) && !isUsable(health)) expect(fact.kind).toBe('check-passed');
          if (isUsable(next)) expect(Math.max(next.checksFailed, next.connectsFailed)).toBeLessThan(3);
          health = next;
        }
      }),
    );
  });
});

function healthAfter(facts: HealthFact[], from: Health = startingHealth): Health {
  return facts.reduce(afterFact, from);
}
