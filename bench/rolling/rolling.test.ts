import { expect, test } from 'vitest';
import { rollUnder } from './rolling.ts';

test('[G9.8] replicas and then the balancer are renewed under live clients: no failed send, no lost event', {
  timeout: 90_000,
}, async () => {
  const figures = await rollUnder({ people: 60, messagesPerSecond: 20 });
  expect(figures).toMatchObject({ failed: 0, lost: 0, doubled: 0, reordered: 0 });
  // Each one's replica is renewed, and after that the balancer.
  expect(figures.moves).toBeGreaterThanOrEqual(2 * 60);
  expect(figures.sent).toBeGreaterThan(20);
});
