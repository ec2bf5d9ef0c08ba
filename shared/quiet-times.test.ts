import { expect, test } from 'vitest';
import { isQuiet, isTimeZone } from './quiet-times.ts';

const at = (time: string) => Date.parse(time);
const quiet = (quietHours: { days: number[]; from: number; to: number }[], timeZone = 'UTC') => ({
  ...{ quietUntil: 0, quietHours, timeZone },
});
const weekdays = [1, 2, 3, 4, 5];

test('[N.3] hours over midnight belong to the day on which they begin', () => {
  const nights = quiet([{ days: weekdays, from: 22 * 60, to: 7 * 60 }]);
  // 27 November 2026 is a Friday.
  expect(isQuiet(nights, at('2026-11-27T21:59:59Z'))).toBe(false);
  expect(isQuiet(nights, at('2026-11-27T22:00:00Z'))).toBe(true);
  expect(isQuiet(nights, at('2026-11-28T06:59:59Z'))).toBe(true);
  expect(isQuiet(nights, at('2026-11-28T07:00:00Z'))).toBe(false);
  expect(isQuiet(nights, at('2026-11-28T23:00:00Z'))).toBe(false);
  expect(isQuiet(nights, at('2026-11-30T06:00:00Z'))).toBe(false);
});

test('[N.3] one time and the same is a whole day, on the clocks of the zone, and by its summer time', () => {
  const sunday = quiet([{ days: [7], from: 0, to: 0 }], 'Europe/Madrid');
  expect(isQuiet(sunday, at('2026-11-28T22:59:59Z'))).toBe(false);
  expect(isQuiet(sunday, at('2026-11-28T23:00:00Z'))).toBe(true);
  expect(isQuiet(sunday, at('2026-11-29T22:59:59Z'))).toBe(true);
  expect(isQuiet(sunday, at('2026-11-29T23:00:00Z'))).toBe(false);
  const siesta = quiet([{ days: [3], from: 15 * 60, to: 17 * 60 }], 'Europe/Madrid');
  expect(isQuiet(siesta, at('2026-07-01T13:30:00Z'))).toBe(true);
  expect(isQuiet(siesta, at('2026-07-01T15:30:00Z'))).toBe(false);
  expect(isQuiet(siesta, at('2026-11-25T14:30:00Z'))).toBe(true);
});

test('[N.3] what was set for now ends by itself', () => {
  const now = at('2026-11-25T12:00:00Z');
  expect(isQuiet({ quietUntil: now + 1, quietHours: [], timeZone: 'UTC' }, now)).toBe(true);
  expect(isQuiet({ quietUntil: now, quietHours: [], timeZone: 'UTC' }, now)).toBe(false);
  expect(['Europe/Madrid', 'America/Bogota', 'UTC'].every(isTimeZone)).toBe(true);
  expect(['', 'Atlantis', 'Europe/Madrid; x'].some(isTimeZone)).toBe(false);
});
