import { type Pause, startBackgroundWork } from '../background-work.ts';
import type { Store } from '../store/store.ts';

const dayMs = 86_400_000;
const firstAfterMs = 1_000;
const everyMs = 600_000;
const leaseMs = 60_000;

/** Few enough that a batch of messages that waits for them doesn't notice; the others come in between. */
const batchLimit = 500;
const pauseMs = 20;

/**
 * Takes what is older than `days` out of the log, now and then, on one replica at a time. Messages stay: the log is only
 * what connections resume from.
 */
export function keepLogShort(options: {
  store: Pick<Store, 'write'>;
  replica: string;
  days: number;
  onPruned(events: number): void;
  onError(error: unknown): void;
}): { stop(): Promise<void> } {
  const { store, replica: holder, days } = options;
  return startBackgroundWork(async (pause) => {
    for (let waitMs = firstAfterMs; await pause(waitMs); waitMs = everyMs) {
      try {
        const events = await prune(pause);
        if (events > 0) options.onPruned(events);
      } catch (error) {
        options.onError(error);
      }
    }
  });

  async function prune(pause: Pause): Promise<number> {
    const lease = (forMs: number) => store.write({ kind: 'take-lease', job: 'prune-log', holder, forMs });
    let total = 0;
    while ((await lease(leaseMs)).held) {
      const { pruned } = await store.write({ kind: 'prune-log', before: Date.now() - days * dayMs, limit: batchLimit });
      total += pruned;
      if (pruned < batchLimit || !(await pause(pauseMs))) {
        await lease(0); // for whoever looks next
        break;
      }
    }
    return total;
  }
}
