import { type Pause, startBackgroundWork } from '../background-work.ts';
import type { Store } from '../store/store.ts';
import type { FileStore } from './file-store.ts';
import type { UploadsFolder } from './uploads-folder.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const lookEveryMs = 5_000;
const leaseMs = 60_000;
const batchLimit = 100;

/** Nobody has gone on with it, or sent it, for so long. */
const unfinishedMs = dayMs;
const unsentMs = 7 * dayMs;
/** Whatever is on the volume that the tables don't know was left by a replica that was killed. */
const strayMs = dayMs;

/**
 * Takes from the volume what no message carries any more, soon after that is so, and now and then what was never sent
 * or was left behind; on one replica at a time.
 */
export function collectFiles(options: {
  store: Pick<Store, 'write' | 'doomed' | 'known' | 'upload'>;
  files: FileStore;
  uploads: UploadsFolder;
  replica: string;
  onError(error: unknown): void;
  sweepEveryMs?: number;
}): { wake(): void; stop(): Promise<void> } {
  const { store, files, uploads, replica: holder, sweepEveryMs = hourMs } = options;
  let woken = Promise.withResolvers<void>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  const work = startBackgroundWork(async (pause, stopped) => {
    while (!stopped.aborted) {
      try {
        await collect(pause);
      } catch (error) {
        options.onError(error);
      }
      await Promise.race([woken.promise, pause(lookEveryMs)]);
      woken = Promise.withResolvers();
    }
  });

  async function collect(pause: Pause): Promise<void> {
    const sweepDue = performance.now() - sweptAt >= sweepEveryMs;
    if (!sweepDue && (await store.doomed(1)).length === 0) return;
    const lease = (forMs: number) => store.write({ kind: 'take-lease', job: 'collect-files', holder, forMs });
    if (!(await lease(leaseMs)).held) return;
    if (sweepDue) {
      sweptAt = performance.now();
      await expire();
      await sweep();
    }
    for (let keys = await store.doomed(batchLimit); keys.length > 0; keys = await store.doomed(batchLimit)) {
      for (const key of keys) await files.remove(key);
      await store.write({ kind: 'forget-contents', keys });
      if (!(await pause(1)) || !(await lease(leaseMs)).held) return;
    }
    await lease(0);
  }

  async function expire(): Promise<void> {
    const now = Date.now();
    const before = { unfinishedBefore: now - unfinishedMs, unsentBefore: now - unsentMs };
    while ((await store.write({ kind: 'expire-files', ...before, limit: batchLimit })).expired === batchLimit);
  }

  async function sweep(): Promise<void> {
    for await (const ids of batches(uploads.list())) {
      const known = await store.known({ uploads: ids, keys: [] });
      for (const id of ids) if (!known.has(id)) await uploads.remove(id);
    }
    const old = Date.now() - strayMs;
    for await (const kept of batches(files.list())) {
      const keys = kept.filter(({ keptAt }) => keptAt < old).map(({ key }) => key);
      const known = keys.length === 0 ? new Set() : await store.known({ uploads: [], keys });
      for (const key of keys) if (!known.has(key)) await files.remove(key);
    }
  }

  return { wake: () => woken.resolve(), stop: work.stop };
}

async function* batches<T>(all: AsyncIterable<T>): AsyncIterable<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < batchLimit) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
