import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { create } from 'tar';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openStore(dataDirectory: string) {
  const store = await openSqliteStore({
    path: join(dataDirectory, 'ronda.sqlite'),
    replica: 'chat-1',
    onCommit: () => undefined,
  });
  onTestFinished(() => store.close());
  const post = (text: string) =>
    store.write({ kind: 'post-message', author: 1, channel: 1, clientId: mintClientId(), text });
  return { store, post };
}

async function openSetUp(dataDirectory: string) {
  const opened = await openStore(dataDirectory);
  const session = { secretHash: 's', expiresAt: Date.now() + 60_000 };
  const owner = { workspace: 'Aula', name: 'Ada', passwordHash: '', session };
  await opened.store.write({ kind: 'set-up', token: (await opened.store.setUpToken()) ?? '', ...owner });
  return opened;
}

test('[G1] a backup under load holds every message acknowledged before it began, and the uploads byte for byte', async () => {
  const [data, elsewhere] = [await createFolder(), await createFolder()];
  const { store, post } = await openSetUp(data);
  const upload = randomBytes(300_000);
  await mkdir(join(data, 'files', 'ab'), { recursive: true });
  await writeFile(join(data, 'files', 'ab', 'cdef'), upload);

  const acknowledged: number[] = [];
  let going = true;
  const load = Array.from({ length: 20 }, async (_, writer) => {
    for (let index = 0; going; index += 1) acknowledged.push((await post(`${writer}: ${index}`)).seq);
  });
  await expect.poll(() => acknowledged.length).toBeGreaterThan(500);
  const before = [...acknowledged];
  const file = join(elsewhere, 'ronda.tar');
  const { head } = await writeBackup(data, createWriteStream(file));
  going = false;
  await Promise.all(load);

  const restored = join(elsewhere, 'data');
  await restoreBackup(createReadStream(file), restored);
  const { store: copy } = await openStore(restored);
  const stored = new Set((await copy.readAfter(0, 1_000_000)).map(({ seq }) => seq));
  expect(before.filter((seq) => !stored.has(seq))).toEqual([]);
  expect(Math.max(...stored)).toBe(head);
  expect((await readFile(join(restored, 'files', 'ab', 'cdef'))).equals(upload)).toBe(true);
  expect(copy.log).not.toBe(store.log);
  expect(await readdir(data)).not.toContainEqual(expect.stringMatching(/^\.backup-/));
});

test('[G10] a damaged backup, or one for a folder that is in use, is refused and changes nothing', async () => {
  const [data, elsewhere] = [await createFolder(), await createFolder()];
  const { post } = await openSetUp(data);
  await post('x'.repeat(3_000));
  const file = join(elsewhere, 'ronda.tar');
  await writeBackup(data, createWriteStream(file));
  await expect(restoreBackup(createReadStream(file), data)).rejects.toThrow('already holds ronda.sqlite');

  const bytes = await readFile(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.from('y'), 0, 1, bytes.indexOf('x'.repeat(500)));
  await handle.close();
  const restored = join(elsewhere, 'data');
  await expect(restoreBackup(createReadStream(file), restored)).rejects.toThrow('ronda.sqlite is not what it was');
  await writeFile(file, bytes.subarray(0, bytes.length / 2));
  await expect(restoreBackup(createReadStream(file), restored)).rejects.toThrow();
  expect(await readdir(restored)).toEqual([]);
});

test('[G10] links in a backup are left out, so that nothing leads out of the data folder', async () => {
  const [data, elsewhere] = [await createFolder(), await createFolder()];
  const { post } = await openSetUp(data);
  await post('hello');
  const whole = join(elsewhere, 'ronda.tar');
  await writeBackup(data, createWriteStream(whole));
  const forged = join(elsewhere, 'forged.tar');
  await mkdir(join(elsewhere, 'files'));
  await symlink('/etc', join(elsewhere, 'files', 'outside'));
  await create({ file: forged, cwd: elsewhere }, ['@ronda.tar', 'files/outside']);

  const restored = join(elsewhere, 'data');
  await restoreBackup(createReadStream(forged), restored);
  expect(await readdir(restored, { recursive: true })).not.toContain(join('files', 'outside'));
});

test('the commands back up to a file or a pipe, verify what they wrote, and say what is wrong', async () => {
  const [data, elsewhere] = [await createFolder(), await createFolder()];
  const { post } = await openSetUp(data);
  await post('hello');
  const run = (dataDirectory: string, ...parameters: string[]) =>
    promisify(execFile)(process.execPath, ['server/chat/backup/main.ts', ...parameters], {
      env: { ...process.env, DATA_DIRECTORY: dataDirectory },
      encoding: 'buffer',
      maxBuffer: 1e8,
    });
  const file = join(elsewhere, 'ronda.tar');
  expect((await run(data, 'backup', file)).stderr.toString()).toMatch(/^Backed up: up to #\d+, 1 file, [\d.]+ MB/);
  expect(await readdir(elsewhere)).toEqual(['ronda.tar']);
  const piped = (await run(data, 'backup', '-')).stdout;
  await writeFile(file, piped);
  expect((await run(data, 'verify', file)).stderr.toString()).toMatch(/^Whole/);
  expect((await run(join(elsewhere, 'data'), 'restore', file)).stderr.toString()).toMatch(/^Restored/);
  await expect(run(join(elsewhere, 'data'), 'restore', file)).rejects.toThrow('move that folder aside');
  await expect(run(join(elsewhere, 'nothing'), 'backup', file)).rejects.toThrow('There is no ronda.sqlite');
  await expect(run(data, 'backup')).rejects.toThrow('Usage');
});
