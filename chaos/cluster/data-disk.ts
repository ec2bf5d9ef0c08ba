import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';

/** A file system of the run's own under the data, in memory, so that it can really be full. */
export type DataDisk = {
  fill(): void;
  free(): void;
  unmount(): void;
};

const roomyMegabytes = 8_192;

/** `undefined` where this user or system can't mount one; then the path is a plain folder. */
export function mountDataDisk(path: string): DataDisk | undefined {
  mkdirSync(path, { recursive: true });
  const size = (bytes: string) => `size=${bytes},mode=0700`;
  if (!mount('-t', 'tmpfs', '-o', size(`${roomyMegabytes}m`), 'ronda-chaos', path)) return undefined;
  return {
    // Ballast would cost the machine's memory; to whoever writes, a file system that has shrunk to what it holds is full too.
    fill() {
      const { blocks, bfree, bsize } = statfsSync(path);
      mount('-o', `remount,${size(String(Math.max(1, blocks - bfree) * bsize))}`, path);
    },
    free: () => void mount('-o', `remount,${size(`${roomyMegabytes}m`)}`, path),
    unmount: () => void spawnSync('umount', ['--lazy', path], { stdio: 'ignore' }),
  };
}

function mount(...parameters: string[]): boolean {
  return process.platform === 'linux' && spawnSync('mount', parameters, { stdio: 'ignore' }).status === 0;
}
