import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent, Stream } from '../../../shared/protocol.ts';
import { type Ledger, openLedger, reach, takeEvent, type Verdict, withPromise } from './stream-ledger.ts';

function event(seq: number, stream: Stream, previous: number, body: object = { kind: 'member-joined' }): LogEvent {
  return { seq, stream, previous, at: 0, replica: 'chat-1', ...body } as LogEvent;
}

function ledgerOf(verdict: Verdict): Ledger {
  if (verdict.kind !== 'next') throw new Error(`a ledger was expected, not ${verdict.kind}`);
  return verdict.ledger;
}

const opened = openLedger({ head: 10, heads: { workspace: 4, 'channel:1': 10 } });

describe('[G4] the ledger', () => {
  test('takes events that follow one another in their streams', () => {
    let ledger = ledgerOf(takeEvent(opened, event(12, 'channel:1', 10)));
    ledger = ledgerOf(takeEvent(ledger, event(13, 'workspace', 4)));
    expect(ledger.position).toBe(13);
    expect(takeEvent(ledger, event(15, 'channel:1', 12)).kind).toBe('next');
  });

  test('finds a hole by an unknown predecessor', () => {
    expect(takeEvent(opened, event(14, 'channel:1', 12))).toEqual({
      kind: 'hole',
      hole: { stream: 'channel:1', after: 10 },
    });
  });

  test('knows what it has had', () => {
    expect(takeEvent(opened, event(10, 'channel:1', 7)).kind).toBe('repeated');
    expect(reach(opened, 9).kind).toBe('repeated');
  });

  test('finds a lost last event by what the hello promised, once all up to there should have come', () => {
    const promised = ledgerOf(withPromise(opened, { head: 20, heads: { workspace: 4, 'channel:1': 18 } }));
    expect(reach(promised, 20)).toEqual({ kind: 'hole', hole: { stream: 'channel:1', after: 10 } });
    expect(takeEvent(promised, event(21, 'workspace', 4)).kind).toBe('hole');
    const caughtUp = ledgerOf(takeEvent(promised, event(18, 'channel:1', 10)));
    expect(ledgerOf(reach(caughtUp, 20)).promised).toBeUndefined();
  });

  test('of a channel just joined takes any predecessor before the joining, and none after it', () => {
    const joined = ledgerOf(
      takeEvent(opened, event(12, 'member:1', 0, { kind: 'channel-joined', channel: { id: 7 } })),
    );
    expect(takeEvent(joined, event(15, 'channel:7', 3)).kind).toBe('next');
    expect(takeEvent(joined, event(15, 'channel:7', 14)).kind).toBe('hole');
  });

  test('forgets a channel that was left, and starts anew on coming back', () => {
    let ledger = ledgerOf(takeEvent(opened, event(12, 'member:1', 0, { kind: 'channel-left', channel: 1 })));
    ledger = ledgerOf(takeEvent(ledger, event(30, 'member:1', 12, { kind: 'channel-joined', channel: { id: 1 } })));
    expect(takeEvent(ledger, event(33, 'channel:1', 25)).kind).toBe('next');
  });

  test('finds every single event that is left out of any log', () => {
    const streams = fc.array(fc.constantFrom<Stream>('workspace', 'channel:1', 'channel:2'), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(streams, fc.nat(), (order, choice) => {
        const last = new Map<string, number>();
        const log = order.map((stream, index) => {
          const made = event(index + 1, stream, last.get(stream) ?? 0);
          last.set(stream, made.seq);
          return made;
        });
        const missing = choice % log.length;
        const heads = { workspace: 0, 'channel:1': 0, 'channel:2': 0 };
        const promise = { head: log.length, heads: { ...heads, ...Object.fromEntries(last) } };
        let verdict: Verdict = withPromise(openLedger({ head: 0, heads }), promise);
        for (const [index, one] of log.entries())
          if (index !== missing && verdict.kind === 'next') verdict = takeEvent(verdict.ledger, one);
        if (verdict.kind === 'next') verdict = reach(verdict.ledger, log.length + 1);
        expect(verdict.kind).toBe('hole');
      }),
    );
  });
});
