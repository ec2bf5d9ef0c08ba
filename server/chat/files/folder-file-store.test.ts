import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeFileStore } from './file-store-contract.ts';
import { openFolderFileStore } from './folder-file-store.ts';

describeFileStore('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'files');
  return [openFolderFileStore(path), openFolderFileStore(path)];
});

test('[F.11] what was on its way to a key when its replica was killed is listed, and can be removed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'ab'));
  await writeFile(join(folder, 'ab', 'cd.ef~'), 'half');
  const store = openFolderFileStore(folder);
  expect((await Array.fromAsync(store.list())).map(({ key }) => key)).toEqual(['abcd.ef~']);
  await store.remove('abcd.ef~');
  expect(await Array.fromAsync(store.list())).toEqual([]);
});
