import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../../shared/client-id.ts';
import { openSqliteStore } from './sqlite-store.ts';

const megabyte = 1_048_576;
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

async function createDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-faults-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function openSetUp(directory: string, replica = 'chat-1') {
  const store = await openSqliteStore({ path: join(directory, 'ronda.sqlite'), replica, onCommit: () => undefined });
  onTestFinished(() => store.close());
  const token = (await store.setUpToken()) ?? '';
  const session = { secretHash: 's', expiresAt: Date.now() + 60_000 };
  const owner = { workspace: 'Aula', name: 'Ada', passwordHash: '', session };
  if (token !== '') await store.write({ kind: 'set-up', token, ...owner });
  const author = 1;
  const channel = (await store.workspace(author)).channels[0]?.id ?? 0;
  const post = (text: string) => store.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text });
  const texts = async () => (await store.page(author, { channel, limit: 100 })).messages.map(({ text }) => text);
  return { store, post, texts };
}

test.runIf(canMount)(
  '[G1] [G10] a full disk is told to the sender, loses nothing acknowledged, and writing goes on once there is room',
  async () => {
    const directory = await createDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', directory]);
    onTestFinished(() => void execFileSync('umount', ['-l', directory]));
    const { post, texts, store } = await openSetUp(directory);
    const ballast = join(directory, 'ballast');
    const acknowledged: string[] = [];
    writeFileSync(ballast, Buffer.alloc(2 * megabyte));
    let refusal: unknown;
    for (let index = 0; index < 4_000 && refusal === undefined; index += 1) {
      const text = `m${index}${' x'.repeat(1_000)}`;
      await post(text).then(
        () => acknowledged.push(text),
        (error: unknown) => {
          refusal = error;
        },
      );
    }
    expect(refusal).toMatchObject({ reason: 'storage-full' });
    expect(await texts()).toEqual(acknowledged.slice(-100));
    await rm(ballast);
    await expect
      .poll(() =>
        post('room again').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect((await texts()).at(-1)).toBe('room again');
    expect((await store.readAfter(0, 10_000)).filter(({ kind }) => kind === 'message-posted')).toHaveLength(
      acknowledged.length + 1,
    );
  },
);

test.runIf(canMount)('[G1] [G10] a replica that starts while the disk is full serves what can be read', async () => {
  const directory = await createDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', directory]);
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  const { post } = await openSetUp(directory);
  await post('before');
  const ballast = join(directory, 'ballast');
  expect(() => writeFileSync(ballast, Buffer.alloc(8 * megabyte))).toThrow('ENOSPC');

  const { post: postElsewhere, texts } = await openSetUp(directory, 'chat-2');
  expect(await texts()).toEqual(['before']);
  await rm(ballast);
  await postElsewhere('after');
  expect(await texts()).toEqual(['before', 'after']);
});

test('[G10] a corrupt page closes every replica to writing, also after a restart; what can be read still is', async () => {
  const directory = await createDirectory();
  const path = join(directory, 'ronda.sqlite');
  await (await openSetUp(directory)).store.close();
  const intact = statSync(path).size;
  {
    const { store, post } = await openSetUp(directory);
    for (let index = 0; index < 300; index += 1) await post(`m${index}${' x'.repeat(500)}`);
    await store.close();
  }
  // All but what there was before the messages: the schema can be read, what the tables hold can't.
  const handle = openSync(path, 'r+');
  const { size } = statSync(path);
  writeSync(handle, Buffer.alloc(size - intact, 0x5a), 0, size - intact, intact);
  fsyncSync(handle);
  closeSync(handle);

  const open = (replica: string) => openSqliteStore({ path, replica, onCommit: () => undefined });
  const [one, two] = [await open('chat-1'), await open('chat-2')];
  onTestFinished(async () => void (await Promise.all([one.close(), two.close()])));
  await expect(one.readAfter(0, 10_000)).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
  const post = { kind: 'post-message', author: 1, channel: 1, text: 'x' } as const;
  const refused = { reason: 'storage-failed' };
  await expect(one.write({ ...post, clientId: mintClientId() })).rejects.toMatchObject(refused);
  await two.version();
  await expect(two.write({ ...post, clientId: mintClientId() })).rejects.toMatchObject(refused);
  const restarted = await open('chat-1');
  onTestFinished(() => restarted.close());
  await expect(restarted.write({ ...post, clientId: mintClientId() })).rejects.toMatchObject(refused);
  expect(await restarted.status()).toMatchObject({ workspace: 'Aula' });
});
