import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '../store/store.ts';

const lookEveryMs = 2_000;
const leaseMs = 30_000;

/** Few enough that people's messages, which come in between, don't notice. */
const batchLimit = 50;
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
  const stopped = new AbortController();
  const running = run();

  async function run(): Promise<void> {
    while (await passed(lookEveryMs)) {
      try {
        if (await store.purgeDue()) await purge();
      } catch (error) {
        options.onError(error);
      }
    }
  }

  const lease = (forMs: number) => store.write({ kind: 'take-lease', job: 'purge-messages', holder, forMs });

  async function purge(): Promise<void> {
    while ((await lease(leaseMs)).held) {
      const { more } = await store.write({ kind: 'purge-messages', limit: batchLimit });
      if (more && (await passed(pauseMs))) continue;
      await lease(0);
      return;
    }
  }

  /** False where it was stopped meanwhile. */
  async function passed(ms: number): Promise<boolean> {
    await delay(ms, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    return !stopped.signal.aborted;
  }

  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
