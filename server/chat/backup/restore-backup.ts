import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { openConnection } from '../store/sqlite/connection.ts';
import { checkUnpacked, databaseName, filesName, type Manifest } from './manifest.ts';

/**
 * Puts a backup into a data folder that has no database. It is unpacked beside the place where it goes and checked, file
 * by file and page by page, before anything appears there. The log gets a new id, so that no client resumes in it what
 * it saw in another.
 */
export async function restoreBackup(from: Readable, dataDirectory: string): Promise<Manifest> {
  for (const name of [databaseName, filesName])
    if (existsSync(join(dataDirectory, name)))
      throw new Error(`${dataDirectory} already holds ${name}. Stop Ronda, move that folder aside, and restore again.`);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  return withUnpacked(from, dataDirectory, async (scratch, manifest) => {
    await renewLog(join(scratch, databaseName));
    // The database last: without it there is nothing to start from, and restoring can begin again.
    for (const name of [filesName, databaseName])
      if (existsSync(join(scratch, name))) await rename(join(scratch, name), join(dataDirectory, name));
    await syncFolder(dataDirectory);
    return manifest;
  });
}

/** Restores into a scratch folder in `directory`, and leaves nothing of it. */
export async function verifyBackup(from: Readable, directory: string): Promise<Manifest> {
  return withUnpacked(from, directory, async (_, manifest) => manifest);
}

async function withUnpacked(
  from: Readable,
  directory: string,
  work: (scratch: string, manifest: Manifest) => Promise<Manifest>,
): Promise<Manifest> {
  const scratch = await mkdtemp(join(directory, '.restore-'));
  try {
    await pipeline(from, extract({ cwd: scratch, strict: true, filter: isFile }));
    const manifest = await checkUnpacked(scratch);
    await checkDatabase(join(scratch, databaseName));
    return await work(scratch, manifest);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A backup holds nothing else: a link could lead what is read and written later out of the data folder. */
function isFile(_: string, entry: object): boolean {
  return 'type' in entry && (entry.type === 'File' || entry.type === 'Directory');
}

async function checkDatabase(path: string): Promise<void> {
  const answers = await onDatabase<{ integrity_check: string }>(path, 'PRAGMA integrity_check');
  const [first] = answers;
  if (first?.integrity_check !== 'ok') throw new Error(`The backup is damaged: ${first?.integrity_check}`);
}

async function renewLog(path: string): Promise<void> {
  await onDatabase(path, 'UPDATE log SET id = ?', randomBytes(6).toString('hex'));
}

async function onDatabase<T>(path: string, sql: string, ...parameters: string[]): Promise<T[]> {
  const connection = await openConnection({ path, busyTimeoutMs: 0, onFault: () => undefined });
  try {
    return await connection.all<T>(sql, ...parameters);
  } finally {
    await connection.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}
