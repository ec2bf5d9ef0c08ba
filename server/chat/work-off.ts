import { type Pause, startBackgroundWork } from './background-work.ts';
import type { Store } from './store/store.ts';

const leaseMs = 30_000;
const pauseMs = 20;

type WorkOff = {
  store: Pick<Store, 'write'>;
  /** The lease's name. */
  job: string;
  replica: string;
  lookEveryMs: number;
  isDue(): Promise<boolean>;
  /** Few enough at once that people's messages, which come in between, don't notice. */
  batch(): Promise<{ more: boolean }>;
  onError(error: unknown): void;
};

/** Does what is due batch by batch, on one replica at a time: should that one end, the next goes on where it was. */
export function workOff({ store, job, replica: holder, lookEveryMs, isDue, batch, onError }: WorkOff): {
  stop(): Promise<void>;
} {
  return startBackgroundWork(async (pause) => {
    while (await pause(lookEveryMs)) {
      try {
        if (await isDue()) await workThrough(pause);
      } catch (error) {
        onError(error);
      }
    }
  });

  async function workThrough(pause: Pause): Promise<void> {
    const lease = (forMs: number) => store.write({ kind: 'take-lease', job, holder, forMs });
    while ((await lease(leaseMs)).held) {
      const { more } = await batch();
      if (more && (await pause(pauseMs))) continue;
      await lease(0);
      return;
    }
  }
}
