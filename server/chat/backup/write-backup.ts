import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { openConnection } from '../store/sqlite/connection.ts';
import { databaseName, filesName, listFiles, type Manifest, manifestName } from './manifest.ts';

/**
 * Writes the data of one moment as a tar: the database and the uploads that it names. The replicas may go on meanwhile;
 * whatever was acknowledged before the call is in it. Needs room in the data folder for a copy of the database.
 */
export async function writeBackup(dataDirectory: string, to: Writable): Promise<Manifest> {
  const database = join(dataDirectory, databaseName);
  if (!existsSync(database)) throw new Error(`There is no ${databaseName} in ${dataDirectory}.`);
  const scratch = await mkdtemp(join(dataDirectory, '.backup-'));
  try {
    const uploads = { from: join(dataDirectory, filesName), to: join(scratch, filesName) };
    // Before, so that none is gone that the copy names, and after, so that none is missing that came meanwhile.
    await linkAll(uploads);
    const { log, head } = await copyDatabase(database, join(scratch, databaseName));
    await linkAll(uploads);
    const files = await listFiles(scratch);
    const manifest: Manifest = { format: 1, takenAt: Date.now(), log, head, files };
    await writeFile(join(scratch, manifestName), JSON.stringify(manifest));
    const paths = [manifestName, ...files.map(({ path }) => path)];
    await pipeline(create({ cwd: scratch, portable: true }, paths), to);
    return manifest;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Another name for each of what is there at this moment: it stays as it is, whatever the replicas take away. */
async function linkAll({ from, to }: { from: string; to: string }): Promise<void> {
  if (!existsSync(from)) return;
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const target = join(to, relative(from, entry.parentPath), entry.name);
    await mkdir(dirname(target), { recursive: true });
    await link(join(entry.parentPath, entry.name), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
    });
  }
}

async function copyDatabase(from: string, to: string): Promise<{ log: string; head: number }> {
  const source = await openConnection({ path: from, busyTimeoutMs: 5_000, onFault: () => undefined });
  try {
    await source.all('VACUUM INTO ?', to);
  } finally {
    await source.close();
  }
  const copy = await openConnection({ path: to, busyTimeoutMs: 5_000, onFault: () => undefined });
  try {
    const [found] = await copy.all<{ log: string; head: number }>(
      'SELECT id AS log, (SELECT coalesce(max(seq), 0) FROM events) AS head FROM log',
    );
    if (found === undefined) throw new Error(`${from} holds no log.`);
    return found;
  } finally {
    await copy.close();
  }
}
