import { type Pause, startBackgroundWork } from '../background-work.ts';
import type { Store } from '../store/store.ts';

const lookEveryMs = 2_000;
const leaseMs = 30_000;

/** Few enough that people's messages, which come in between, don't notice. */
const batchLimit = 15;
const pauseMs = 20;

/**
 * Deletes what people wrote who were removed together with it, on one replica at a time: should that one end, the next
 * goes on where it was.
 */
export function purgeRemoved(options: {
  store: Pick<Store, 'write' | 'purgeDue'>;
  replica: string;
  onError(error: unknown): void;
}): { stop(): Promise<void> } {
  const { store, replica: holder } = options;
  return startBackgroundWork(async (pause) => {
    while (await pause(lookEveryMs)) {
      try {
        if (await store.purgeDue()) await purge(pause);
      } catch (error) {
        options.onError(error);
      }
    }
  });

  async function purge(pause: Pause): Promise<void> {
    const lease = (forMs: number) => store.write({ kind: 'take-lease', job: 'purge-messages', holder, forMs });
    while ((await lease(leaseMs)).held) {
      const { more } = await store.write({ kind: 'purge-messages', limit: batchLimit });
      if (more && (await pause(pauseMs))) continue;
      await lease(0);
      return;
    }
  }
}
