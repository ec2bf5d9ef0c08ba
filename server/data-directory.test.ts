import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSystemOf, prepareDataDirectory } from './data-directory.ts';
import { SettingError } from './environment.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ronda-data-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mount = (point: string, kind: string): string =>
  `36 35 98:0 / ${point} rw,noatime master:1 - ${kind} source rw\n`;

test('[G10] the data folder is created for its owner alone', () => {
  prepareDataDirectory(join(folder, 'deep', 'data'), '');
  expect(statSync(join(folder, 'deep', 'data')).mode & 0o777).toBe(0o700);
});

test.for(['nfs', 'nfs4', 'cifs', 'smb3', '9p', 'virtiofs', 'fuse.sshfs', 'fuse.grpcfuse'])(
  '[G10] a data folder on %s is refused by name',
  (kind) => {
    const mounts = mount('/', 'ext4') + mount(folder, kind);
    expect(() => prepareDataDirectory(join(folder, 'data'), mounts)).toThrow(
      new RegExp(`DATA_DIRECTORY.*\\(${kind}\\)`),
    );
  },
);

test('[G10] a local disk inside a network share is fine, and the other way round is not', () => {
  const inner = join(folder, 'data');
  prepareDataDirectory(inner, mount(folder, 'nfs4') + mount(inner, 'ext4'));
  expect(() => prepareDataDirectory(inner, mount(folder, 'ext4') + mount(inner, 'nfs4'))).toThrow(SettingError);
});

test('[G10] a path that is no folder, or cannot be written to, is refused with the reason', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => prepareDataDirectory(join(folder, 'file'))).toThrow('is not a folder');
  expect(() => prepareDataDirectory(join(folder, 'file', 'data'))).toThrow('is not a folder');
  if (process.platform === 'linux') expect(() => prepareDataDirectory('/proc')).toThrow("can't be written to");
});

test('the deepest mount decides, the latest of two on one point, and spaces are unescaped', () => {
  const mounts = mount('/', 'ext4') + mount('/srv', 'xfs') + mount('/srv', 'nfs') + mount('/mnt/my\\040disk', 'btrfs');
  expect(fileSystemOf('/srv/data', mounts)).toBe('nfs');
  expect(fileSystemOf('/srvx', mounts)).toBe('ext4');
  expect(fileSystemOf('/mnt/my disk/data', mounts)).toBe('btrfs');
  expect(fileSystemOf('/anything', '')).toBeUndefined();
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  '[G1.3] a folder on a full disk is no wrong setting: what is in it can still be read',
  () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=1', 'tmpfs', folder]);
    try {
      expect(() => mkdtempSync(join(folder, 'x'))).toThrow('ENOSPC');
      expect(() => prepareDataDirectory(folder)).not.toThrow();
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  },
);
