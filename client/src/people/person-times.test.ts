import { expect, test } from 'vitest';
import { agoText, localTime, statusEnd } from './person-times.ts';

const minute = 60_000;

test.each([
  [10_000, 'hace 1 minuto', '1 minute ago'],
  [90 * minute, 'hace 2 horas', '2 hours ago'],
  [26 * 60 * minute, 'ayer', 'yesterday'],
  [70 * 1_440 * minute, 'hace 2 meses', '2 months ago'],
])('[P.4] %s ms ago is told as in %s', (ago, es, en) => {
  expect([agoText(0, ago, 'es'), agoText(0, ago, 'en')]).toEqual([es, en]);
});

test('[I.1] the clock of somebody elsewhere, with the day where it is another one there', () => {
  const now = Date.UTC(2026, 10, 25, 12);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(localTime(here, now, 'en-GB')).toMatch(/^\d?\d:\d\d$/);
  const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
  expect(zones.some((zone) => /Wednesday|Thursday/.test(localTime(zone, now, 'en-GB') ?? ''))).toBe(true);
  expect(localTime('Nowhere/At_all', now, 'en')).toBeUndefined();
});

test('[P.5] a status ends after a while, tonight, or with Sunday', () => {
  const wednesday = new Date(2026, 10, 25, 15, 30).getTime();
  const sunday = new Date(2026, 10, 29, 23, 59).getTime();
  expect(statusEnd('half-hour', wednesday)).toBe(wednesday + 30 * minute);
  expect(statusEnd('today', wednesday)).toBe(new Date(2026, 10, 26).getTime());
  expect(statusEnd('week', wednesday)).toBe(new Date(2026, 10, 30).getTime());
  expect(statusEnd('week', sunday)).toBe(new Date(2026, 10, 30).getTime());
  expect(statusEnd('never', wednesday)).toBeUndefined();
});
