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

test('one that begins while others are told holds up none that is due before it', async () => {
  const told: string[] = [];
  const deadlines = createDeadlines<string>(200, (item) => {
    told.push(item);
    if (item === 'first') deadlines.start('first again');
  });
  const startedAt = performance.now();
  deadlines.start('first');
  await until(() => performance.now() - startedAt >= 50);
  deadlines.start('second');
  // Due after the second, and before what the first began: timers run in the order of their times, however late.
  setTimeout(() => told.push('between'), 260);
  await until(() => told.includes('between'));
  expect(told.slice(0, told.indexOf('between'))).toContain('second');
});
