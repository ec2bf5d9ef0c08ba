import type { Store } from '../store/store.ts';
import { workOff } from '../work-off.ts';

const lookEveryMs = 2_000;
const batchLimit = 15;

/** Deletes what people wrote who were removed together with it. */
export function purgeRemoved(options: {
  store: Pick<Store, 'write' | 'purgeDue'>;
  replica: string;
  onError(error: unknown): void;
}): { stop(): Promise<void> } {
  const { store } = options;
  return workOff({
    ...options,
    job: 'purge-messages',
    lookEveryMs,
    isDue: () => store.purgeDue(),
    batch: () => store.write({ kind: 'purge-messages', limit: batchLimit }),
  });
}
