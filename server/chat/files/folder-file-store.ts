import { link, mkdir, open, opendir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store.ts';

/** 256 folders, so that none grows too long. */
const prefixLength = 2;

export function openFolderFileStore(folder: string): FileStore {
  function pathOf(key: string): string {
    // Keys come from our own tables and folders alone; should that ever not be so, none leads out of the folder.
    if (!/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+~?$/.test(key)) throw new Error('A key has signs that no key has');
    return join(folder, key.slice(0, prefixLength), key.slice(prefixLength));
  }

  return {
    async keep(key, path) {
      const target = pathOf(key);
      const shelf = dirname(target);
      await syncFile(path);
      if ((await mkdir(shelf, { recursive: true })) !== undefined) await syncFolder(folder);
      // Under another name first: what is at a key is whole.
      const arriving = `${target}~`;
      await unlink(arriving).catch(ignoreMissing);
      await link(path, arriving);
      await rename(arriving, target);
      await unlink(arriving).catch(ignoreMissing); // where both names were of one file already, renaming does nothing
      await syncFolder(shelf);
    },
    async size(key) {
      const found = await stat(pathOf(key)).catch(ignoreMissing);
      return found?.size;
    },
    async read(key, range) {
      const file = await open(pathOf(key), 'r');
      return file.createReadStream({ highWaterMark: 65_536, ...range });
    },
    async remove(key) {
      await unlink(pathOf(key)).catch(ignoreMissing);
    },
    async *list() {
      const shelves = await opendir(folder).catch(ignoreMissing);
      if (shelves === undefined) return;
      for await (const shelf of shelves) {
        if (!shelf.isDirectory()) continue;
        for await (const { name } of await opendir(join(folder, shelf.name))) {
          const found = await stat(join(folder, shelf.name, name)).catch(ignoreMissing);
          if (found?.isFile()) yield { key: shelf.name + name, keptAt: found.ctimeMs };
        }
      }
    },
  };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
