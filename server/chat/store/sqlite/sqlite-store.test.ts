import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { describeStore } from '../store-contract.ts';
import { openSqliteStore } from './sqlite-store.ts';

describeStore('SQLite, one file', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-store-'));
  const open = (replica: string) =>
    openSqliteStore({ path: join(directory, 'ronda.sqlite'), replica, onCommit: () => undefined });
  const stores = [await open('chat-1'), await open('chat-2')] as const;
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await rm(directory, { recursive: true });
  });
  return [...stores];
});
