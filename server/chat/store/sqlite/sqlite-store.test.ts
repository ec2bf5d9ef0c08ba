import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../../shared/client-id.ts';
import { describePeople } from '../people-contract.ts';
import type { Store } from '../store.ts';
import { describeStore } from '../store-contract.ts';
import { openWriter } from './open-database.ts';
import { openSqliteStore } from './sqlite-store.ts';

async function openTwo(): Promise<[Store, Store]> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-store-'));
  const open = (replica: string) =>
    openSqliteStore({ path: join(directory, 'ronda.sqlite'), replica, onCommit: () => undefined });
  const [one, two] = [await open('chat-1'), await open('chat-2')];
  onTestFinished(async () => {
    await Promise.all([one.close(), two.close()]);
    await rm(directory, { recursive: true });
  });
  return [one, two];
}

describeStore('SQLite, one file', openTwo);
describePeople('SQLite, one file', openTwo);

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

test('[G1.1] whoever writes has every commit on the disk before it is answered', async () => {
  const { path, open } = await emptyStore();
  await (await open()).close();
  const writer = await openWriter({ path, onFault: () => undefined });
  expect(await writer.all('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]); // FULL
  expect(await writer.all('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  await writer.close();
});

test('[G9.2] data of the next release is used as it is, however much that has added; older code than it names is refused', async () => {
  const { path, open } = await emptyStore();
  await (await open()).close();
  const writer = await openWriter({ path, onFault: () => undefined });
  const version = async () => Number((await writer.all('PRAGMA user_version'))[0]?.user_version);
  const own = await version();
  const oldestCode = async () => Number((await writer.all('SELECT oldest_code FROM compatibility'))[0]?.oldest_code);
  // This release lets the one before run on what it has made, and says so.
  expect(await oldestCode()).toBeGreaterThan(0);
  expect(await oldestCode()).toBeLessThanOrEqual(own);

  await writer.execute(`PRAGMA user_version = ${own + 5}`);
  await writer.all('UPDATE compatibility SET oldest_code = ?', own);
  await (await open()).close();
  expect([await version(), await oldestCode()]).toEqual([own + 5, own]);
  await writer.execute(`PRAGMA user_version = ${own + 6}`);
  await writer.all('UPDATE compatibility SET oldest_code = ?', own + 1);
  await expect(open()).rejects.toThrow(`schema ${own + 6}; ${own} is this one's`);
  await writer.close();
});

test('[M.2] [G6.9] [G9.2] what called somebody in a thread before an update is counted after it, and who came before it can be put out for good', async () => {
  const { path, open } = await emptyStore();
  const before = await open();
  const session = { secretHash: 'ada', expiresAt: Date.now() + 60_000 };
  const setUp = { kind: 'set-up', workspace: 'Aula', name: 'Ada', passwordHash: 'hash', session } as const;
  const { member: author } = await before.write({ ...setUp, token: (await before.setUpToken()) ?? '' });
  const channel = (await before.workspace(author)).channels[0]?.id ?? 0;
  const invite = { kind: 'create-invite', author, code: 'code', guests: true, maximumUses: 9 } as const;
  await before.write({ ...invite, clientId: mintClientId(), expiresAt: session.expiresAt });
  const joining = { kind: 'join-workspace', code: 'code', name: 'Bea', passwordHash: null } as const;
  const { member: bea } = await before.write({ ...joining, session: { ...session, secretHash: 'bea' } });
  const place = { author, channel, text: '@Bea' };
  const { seq: thread } = await before.write({ kind: 'post-message', ...place, clientId: mintClientId() });
  await before.write({ kind: 'post-reply', ...place, clientId: mintClientId(), thread, toChannel: false });
  await before.close();

  // As the release before has it.
  const writer = await openWriter({ path, onFault: () => undefined });
  await writer.execute(`DROP INDEX mentions_by_thread; DROP INDEX mentions_of_message; DROP INDEX mentions_unplaced; DROP TABLE password_resets;
    ALTER TABLE mentions DROP COLUMN thread; ALTER TABLE mentions DROP COLUMN thread_number; DROP INDEX members_by_invite; DROP TABLE password_links;
    ALTER TABLE members DROP COLUMN invite; PRAGMA user_version = 18;`);
  await writer.close();
  const after = await open();
  expect(await after.mentionsUnplaced()).toBe(true);
  await after.write({ kind: 'place-mentions', limit: 10 });
  expect((await after.threads(bea)).threads).toMatchObject([{ root: thread, lastNumber: 1, mentions: 1 }]);
  // Nor is it known by which invite somebody came before it: none is left for them.
  expect(await after.invitesEnding({ author, member: bea })).toEqual({ links: 1, others: 0, known: false });
  await after.write({ kind: 'remove-member', author, member: bea, purge: false });
  await expect(after.inviteDetails('code')).rejects.toMatchObject({ reason: 'invite-revoked' });
  await after.close();
});

async function emptyStore() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-store-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'ronda.sqlite');
  return { path, open: () => openSqliteStore({ path, replica: 'chat-1', onCommit: () => undefined }) };
}
