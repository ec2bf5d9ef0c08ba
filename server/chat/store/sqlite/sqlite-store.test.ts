import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../../shared/client-id.ts';
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

test('[G7] replicas that find no file and start at the same moment all open it', async () => {
  for (let round = 0; round < 60; round += 1) {
    const directory = await mkdtemp(join(tmpdir(), 'ronda-store-'));
    const path = join(directory, 'ronda.sqlite');
    const opened = await Promise.allSettled(
      ['chat-1', 'chat-2', 'chat-3'].map((replica) => openSqliteStore({ path, replica, onCommit: () => undefined })),
    );
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
    await rm(directory, { recursive: true });
    expect(opened.filter(({ status }) => status === 'rejected')).toEqual([]);
  }
});

test('[G6.8] the file itself holds nothing of a deleted message, short or long', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-store-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'ronda.sqlite');
  const store = await openSqliteStore({ path, replica: 'chat-1', onCommit: () => undefined });
  const { member } = await store.write({
    kind: 'set-up',
    token: (await store.setUpToken()) ?? '',
    workspace: 'Aula',
    name: 'Ada',
    passwordHash: 'hash',
    session: { secretHash: 'ada', expiresAt: Date.now() + 60_000 },
  });
  const [channel] = (await store.workspace(member)).channels;
  for (const text of ['a secret', `a secret ${'x'.repeat(3_900)} and a secret`]) {
    const post = { kind: 'post-message', author: member, channel: channel?.id ?? 0, clientId: mintClientId() } as const;
    const { seq: message } = await store.write({ ...post, text });
    await store.write({ kind: 'edit-message', member, message, text: `${text}, again` });
    await store.write({ kind: 'delete-message', member, message });
  }
  await store.close();
  expect((await readFile(path)).includes('a secret')).toBe(false);
});
