import { startBackgroundWork } from '../background-work.ts';
import type { Store } from '../store/store.ts';

/** Few enough that a batch of people's messages, which waits for them, doesn't notice. */
const batchLimit = 300;

/** What comes within this goes in together. */
const gatherMs = 250;
/** After a full batch, while an old folder is gone through: the writers have most of the time. */
const pauseMs = 30;
const lookEveryMs = 5_000;

/**
 * Puts messages into the search's index, on one replica at a time, behind their own transactions. How far it has come is
 * kept with the index, in one transaction: should one replica end, the next goes on from there.
 */
export function keepSearchIndex(options: {
  store: Pick<Store, 'write' | 'unindexed'>;
  replica: string;
  onError(error: unknown): void;
  /** For how long the others leave it to one that was killed. */
  leaseMs?: number;
}): { wake(): void; stop(): Promise<void> } {
  const { store, replica: holder, leaseMs = 3_000 } = options;
  let woken = Promise.withResolvers<void>();
  let holding = false;
  /** Of what this replica has put in since it was last in one piece. */
  let merging: 'no' | 'due' | 'begun' = 'no';
  /** How far it was when this replica last looked without holding the lease. */
  let seen: number | undefined;
  const work = startBackgroundWork(async (pause, stopped) => {
    while (!stopped.aborted) {
      const woke = woken.promise;
      const waitMs = await look().catch((error: unknown) => {
        options.onError(error);
        return lookEveryMs;
      });
      if (waitMs === undefined) {
        await Promise.race([woke, pause(lookEveryMs)]);
        woken = Promise.withResolvers();
      }
      await pause(waitMs ?? gatherMs);
    }
    if (holding) await store.write({ kind: 'take-lease', job: 'search', holder, forMs: 0 }).catch(options.onError);
  });

  /** Resolves to how long to wait before the next look; undefined where there is nothing to do. */
  async function look(): Promise<number | undefined> {
    const { due, more, ...batch } = await store.unindexed(holding ? batchLimit : 1);
    if (!due) return merge();
    if (!holding && batch.from !== seen) {
      // Whoever moved it is alive, and holds the lease; at first that isn't known.
      const first = seen === undefined;
      seen = batch.from;
      return first ? gatherMs : leaseMs;
    }
    holding = (await store.write({ kind: 'index-messages', holder, forMs: leaseMs, ...batch })).held;
    if (holding && merging === 'no') merging = 'due';
    return !holding ? leaseMs : more ? pauseMs : gatherMs;
  }

  async function merge(): Promise<number | undefined> {
    if (!holding || merging === 'no') return undefined;
    const begun = merging === 'begun';
    const { more } = await store.write({ kind: 'merge-search-index', holder, forMs: leaseMs, begun });
    merging = more ? 'begun' : 'no';
    return more ? pauseMs : undefined;
  }

  return { wake: () => woken.resolve(), stop: work.stop };
}
