/**
 * `npm run backup -- FILE` and `npm run restore -- FILE`; `-` is standard output or input. What it says goes to standard
 * error. `verify` restores a backup into a scratch folder.
 */
import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { text } from '../../environment.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup, verifyBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const [command, file] = process.argv.slice(2);
const dataDirectory = resolve(text(process.env, 'DATA_DIRECTORY', './data'));
const said: Record<string, string> = { backup: 'Backed up', restore: 'Restored', verify: 'Whole' };

try {
  if (file === undefined) throw new Error(`Usage: npm run ${command === 'restore' ? 'restore' : 'backup'} -- FILE`);
  const { head, files, takenAt } = await carryOut(file);
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  const size = `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB`;
  process.stderr.write(`${said[command ?? '']}: up to #${head}, ${size}, of ${new Date(takenAt).toISOString()}.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function carryOut(path: string): Promise<Manifest> {
  const source = () => (path === '-' ? process.stdin : createReadStream(path));
  switch (command) {
    case 'restore':
      return restoreBackup(source(), dataDirectory);
    case 'verify':
      return verifyBackup(source(), path === '-' ? dataDirectory : dirname(resolve(path)));
    default:
      return path === '-' ? writeBackup(dataDirectory, process.stdout) : backUpTo(path);
  }
}

/** Under another name until it is whole, so that a backup that was cut off never looks like one. */
async function backUpTo(path: string): Promise<Manifest> {
  const unfinished = `${path}.part`;
  try {
    await writeBackup(dataDirectory, createWriteStream(unfinished, { mode: 0o600, flush: true }));
    const manifest = await verifyBackup(createReadStream(unfinished), dirname(resolve(path)));
    renameSync(unfinished, path);
    return manifest;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
