import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openConnection } from './connection.ts';
import { migrate } from './migrate.ts';

test('[C.6] [G5.3] where a lab’s messages are taken out, no table is gone through for each of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-migrate-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const connection = await openConnection({
    ...{ path: join(folder, 'ronda.sqlite'), busyTimeoutMs: 1_000, onFault: () => undefined },
  });
  onTestFinished(() => connection.close());
  await connection.execute('PRAGMA foreign_keys = ON');
  await migrate(connection);
  const steps = await connection.all<{ detail: string }>('EXPLAIN QUERY PLAN DELETE FROM messages WHERE id = 1');
  expect(steps.length).toBeGreaterThan(5);
  expect(steps.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
});
