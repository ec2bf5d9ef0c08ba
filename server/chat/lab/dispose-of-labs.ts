import { type Pause, startBackgroundWork } from '../background-work.ts';
import type { Store } from '../store/store.ts';

const lookEveryMs = 5_000;
const leaseMs = 30_000;

/** Few enough that people's messages, which come in between, don't notice. */
const batchLimit = 100;
const pauseMs = 20;

/** Takes out what labs that are over have left, on one replica at a time. */
export function disposeOfLabs(options: {
  store: Pick<Store, 'write' | 'labIsOver'>;
  replica: string;
  onError(error: unknown): void;
}): { stop(): Promise<void> } {
  const { store, replica: holder } = options;
  return startBackgroundWork(async (pause) => {
    while (await pause(lookEveryMs)) {
      try {
        if (await store.labIsOver()) await dispose(pause);
      } catch (error) {
        options.onError(error);
      }
    }
  });

  async function dispose(pause: Pause): Promise<void> {
    const lease = (forMs: number) => store.write({ kind: 'take-lease', job: 'dispose-of-labs', holder, forMs });
    while ((await lease(leaseMs)).held) {
      const { more } = await store.write({ kind: 'dispose-of-labs', limit: batchLimit });
      if (more && (await pause(pauseMs))) continue;
      await lease(0);
      return;
    }
  }
}
