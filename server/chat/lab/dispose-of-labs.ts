import type { Store } from '../store/store.ts';
import { workOff } from '../work-off.ts';

const lookEveryMs = 5_000;
const batchLimit = 100;

/** Takes out what labs that are over have left. */
export function disposeOfLabs(options: {
  store: Pick<Store, 'write' | 'labIsOver'>;
  replica: string;
  onError(error: unknown): void;
}): { stop(): Promise<void> } {
  const { store } = options;
  return workOff({
    ...options,
    job: 'dispose-of-labs',
    lookEveryMs,
    isDue: () => store.labIsOver(),
    batch: () => store.write({ kind: 'dispose-of-labs', limit: batchLimit }),
  });
}
