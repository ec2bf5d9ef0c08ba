import type { Store } from '../store/store.ts';
import { workOff } from '../work-off.ts';

/** Mentions in threads that a release wrote that didn't count them there: of before this one, or beside it meanwhile. */
export function placeMentions(surroundings: {
  store: Pick<Store, 'write' | 'mentionsUnplaced'>;
  replica: string;
  onError(error: unknown): void;
  lookEveryMs?: number;
}): { stop(): Promise<void> } {
  const { store } = surroundings;
  return workOff({
    lookEveryMs: 5_000,
    ...surroundings,
    job: 'place-mentions',
    isDue: store.mentionsUnplaced,
    batch: () => store.write({ kind: 'place-mentions', limit: 200 }),
  });
}
