import { expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { createAttempts, placeOf } from './attempts.ts';

test('[G10.6] who is over a limit is refused without a write until their time is over', async () => {
  let now = 1_000;
  let writes = 0;
  const write = async () => {
    writes += 1;
    return { waits: writes === 1 ? [{ key: 'sign-in 192.0.2.1', retryAfterMs: 900 }] : [] };
  };
  const count = createAttempts({ write } as unknown as Store, () => now);
  const attempt = (name: string) =>
    count([
      { key: `sign-in 192.0.2.1 ${name}`, limit: 10 },
      { key: 'sign-in 192.0.2.1', limit: 100 },
    ]);
  const refused = { reason: 'too-many-attempts', details: { retryAfterSeconds: 1 } };
  for (const name of ['ada', 'bea', 'carlos']) await expect(attempt(name)).rejects.toMatchObject(refused);
  expect(writes).toBe(1);
  await count([{ key: 'sign-in 192.0.2.2', limit: 100 }]);
  now += 901;
  await attempt('ada');
  expect(writes).toBe(3);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::5:6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('[G10.6] attempts from %s are counted for %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});
