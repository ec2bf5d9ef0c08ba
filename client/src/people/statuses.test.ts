import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LogEvent, StatusList } from '../../../shared/protocol.ts';
import { createCell } from '../cell.ts';
import { keepStatuses } from './keep-statuses.ts';
import { applyToStatuses, type Statuses } from './statuses.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
afterEach(() => void vi.useRealTimers());

test('[P.5] each status goes at its own time, and what stays is the same object', () => {
  const cell = createCell<Statuses>(new Map());
  const keeper = keepStatuses(cell);
  const [soup, sun] = [
    { emoji: '🍜', text: 'Lunch', until: 61_000 },
    { emoji: '🌴', text: '' },
  ];
  keeper.take({
    cursor: 1,
    statuses: [
      { member: 1, status: soup },
      { member: 2, status: sun },
      { member: 3, status: { ...sun, until: 1_000 } },
    ],
  });
  expect([...cell.get().keys()]).toEqual([1, 2]);
  vi.advanceTimersByTime(59_999);
  expect(cell.get().get(1)).toBe(soup);
  vi.advanceTimersByTime(2);
  expect([...cell.get()]).toEqual([[2, sun]]);
  keeper.stop();
  expect(vi.getTimerCount()).toBe(0);
});

const events = fc.array(
  fc.record({
    member: fc.integer({ min: 1, max: 3 }),
    what: fc.constantFrom('set', 'clear', 'gone', 'other'),
  }),
  { maxLength: 12 },
);

test('[G4] the statuses end as the log has them, from whatever moment the list was', () => {
  fc.assert(
    fc.property(events, fc.nat(12), fc.nat(12), (deeds, from, back) => {
      const log = deeds.map(({ member, what }, index) => {
        const seq = index + 1;
        if (what === 'set') return { kind: 'status-set', seq, member, status: { emoji: '🌴', text: `${index}` } };
        if (what === 'clear') return { kind: 'status-set', seq, member, status: null };
        return { kind: 'member-changed', seq, member: { id: member, ...(what === 'gone' && { former: true }) } };
      }) as unknown as LogEvent[];
      const empty: StatusList = { cursor: 0, statuses: [] };
      const whole = log.reduce(applyToStatuses, empty);
      const start = Math.min(from, log.length);
      const snapshot = log.slice(0, start).reduce(applyToStatuses, empty);
      const replayed = log.slice(Math.max(0, start - back)).reduce(applyToStatuses, { ...snapshot, cursor: start });
      const sorted = ({ statuses }: StatusList) => [...statuses].sort((a, b) => a.member - b.member);
      expect(sorted(replayed)).toEqual(sorted(whole));
    }),
  );
});
