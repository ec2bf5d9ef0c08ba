import { expect, test } from 'vitest';
import { createDeadlines } from './deadlines.ts';
import { until } from './testing/running-balancer.ts';

test('each is told in its turn and not before its time; one that ended is not, one that began anew comes last', async () => {
  const told: string[] = [];
  const startedAt = performance.now();
  const deadlines = createDeadlines<string>(50, (item) => {
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
    told.push(item);
    if (item === 'second') deadlines.start('after it');
  });
  for (const item of ['first', 'ended', 'second']) deadlines.start(item);
  deadlines.end('ended');
  deadlines.start('first');
  await until(() => told.length === 3);
  expect(told).toEqual(['second', 'first', 'after it']);
});
