import { spawnSync } from 'node:child_process';
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Lets every fsync of the replicas take longer for a while. */
export type SlowFsync = {
  /** What a process needs in its environment to be slowed down. */
  environment: Record<string, string>;
  set(delayMs: number): void;
};

const source = new URL('slow-fsync.c', import.meta.url).pathname;

/** `undefined` where the system has no C compiler or doesn't preload libraries. */
export function buildSlowFsync(folder: string): SlowFsync | undefined {
  if (process.platform !== 'linux') return undefined;
  const library = join(folder, 'slow-fsync.so');
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'ignore' });
  if (built.status !== 0) return undefined;
  const path = join(folder, 'fsync-delay');
  writeFileSync(path, new Uint32Array(1));
  const file = openSync(path, 'r+');
  return {
    environment: { LD_PRELOAD: library, RONDA_CHAOS_FSYNC_DELAY: path },
    set: (delayMs) => void writeSync(file, new Uint32Array([delayMs]), 0, 4, 0),
  };
}
