import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SettingError } from './environment.ts';

/**
 * Makes the data folder usable or says why it can't be: SQLite's write-ahead log needs a folder of this machine,
 * since network and host-shared file systems corrupt it. `mountInfo` is the text of /proc/self/mountinfo.
 */
export function prepareDataDirectory(path: string, mountInfo = readMountInfo()): void {
  prepareFolder('DATA_DIRECTORY', path);
  const kind = fileSystemOf(realpathSync(path), mountInfo);
  if (kind !== undefined && shared.test(kind))
    throw new SettingError(
      `DATA_DIRECTORY takes a folder on this machine's own disk; "${path}" is on a shared file system (${kind}), where the database would be damaged.`,
    );
}

/** Creates the folder, for its owner only, where it is missing; says which variable to change where it can't be used. */
export function prepareFolder(variable: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    rmdirSync(mkdtempSync(join(path, '.writable-'))); // permission bits alone don't tell
  } catch (error) {
    // A full disk is no wrong setting: the database is there to be read, and room may come.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC' && existsSync(path)) return;
    throw new SettingError(`${variable} takes a folder that can be written to; "${path}" ${reason(path, error)}.`);
  }
}

/** The type of the file system that holds an absolute path, as far as `mountInfo` tells. */
export function fileSystemOf(path: string, mountInfo: string): string | undefined {
  let found: { point: string; kind: string } | undefined;
  for (const line of mountInfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = unescapeOctal(before.split(' ')[4] ?? '');
    const kind = after.split(' ')[0];
    const holds = point !== '' && `${path}/`.startsWith(point === '/' ? '/' : `${point}/`);
    // A later mount on the same point hides the earlier one.
    if (kind && holds && point.length >= (found?.point.length ?? 0)) found = { point, kind };
  }
  return found?.kind;
}

const shared = /^(nfs\d?|cifs|smb\d?|smbfs|9p|virtiofs|vboxsf|afs|ceph|lustre|fuse|fuse\..+)$/;

function readMountInfo(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return ''; // not Linux
  }
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function reason(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'is not a folder';
  const exists = statSync(path, { throwIfNoEntry: false }) !== undefined;
  return `${exists ? "can't be written to" : "can't be created"} (${code})`;
}
