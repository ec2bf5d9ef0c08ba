import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** First in a backup: what else is in it, so that a damaged one is found before it replaces anything. */
export const manifestName = 'ronda-backup.json';
export const databaseName = 'ronda.sqlite';
/** Uploads, beside the database. */
export const filesName = 'files';

export const Manifest = z.object({
  format: z.literal(1),
  /** Milliseconds since 1970. */
  takenAt: z.number().int(),
  log: z.string(),
  /** Seq of the last event: everything acknowledged before the backup began is at or below it. */
  head: z.number().int(),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** Every regular file in the folder, by its path from there, in order. */
export async function listFiles(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: Manifest['files'] = [];
  for (const path of paths.sort())
    files.push({
      path: path.slice(folder.length + 1),
      bytes: (await stat(path)).size,
      sha256: await hashOf(path),
    });
  return files;
}

/** The manifest of an unpacked backup, if all that it names is there byte for byte; else an error that says what isn't. */
export async function checkUnpacked(folder: string): Promise<Manifest> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
  for (const { path, sha256 } of manifest.files) {
    const found = await hashOf(join(folder, path)).catch(() => undefined);
    if (found !== sha256)
      throw new Error(`The backup is damaged: ${path} is ${found ? 'not what it was' : 'missing'}.`);
  }
  return manifest;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
