import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { describeFileStore } from './file-store-contract.ts';
import { openFolderFileStore } from './folder-file-store.ts';

describeFileStore('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'files');
  return [openFolderFileStore(path), openFolderFileStore(path)];
});
