import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('[G5.3] no more run at once than may, none is forgotten, and too long a line is refused', async () => {
  const gate = createGate({ atOnce: 2, waiting: 3 });
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
  };
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => gate(work)));
  expect(results.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected']);
  expect(results[5]).toMatchObject({ reason: { reason: 'overloaded' } });
  expect(most).toBe(2);
  await expect(gate(async () => 'again')).resolves.toBe('again');
});
