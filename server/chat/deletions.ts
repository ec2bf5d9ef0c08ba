import type { Store } from './store/store.ts';
import { workOff } from './work-off.ts';

type Surroundings = {
  store: Pick<Store, 'write' | 'purgeDue' | 'labIsOver'>;
  replica: string;
  onError(error: unknown): void;
};

/** What is deleted a few rows at a time, once somebody has asked for it: nobody who writes meanwhile notices. */
export function startDeletions(surroundings: Surroundings): { stop(): Promise<void> } {
  const { store } = surroundings;
  const deletions = [
    // What people wrote who were removed together with it.
    workOff({
      ...surroundings,
      job: 'purge-messages',
      lookEveryMs: 2_000,
      isDue: store.purgeDue,
      batch: () => store.write({ kind: 'purge-messages', limit: 15 }),
    }),
    // What labs that are over have left.
    workOff({
      ...surroundings,
      job: 'dispose-of-labs',
      lookEveryMs: 5_000,
      isDue: store.labIsOver,
      batch: () => store.write({ kind: 'dispose-of-labs', limit: 100 }),
    }),
  ];
  return {
    async stop() {
      for (const deletion of deletions) await deletion.stop();
    },
  };
}
