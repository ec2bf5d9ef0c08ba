import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lock, Locker } from '@tus/server';
import type { Store } from '../store/store.ts';

/** Longer than a busy replica may keep from renewing it; who is killed holds an upload up for so long. */
const leaseMs = 5_000;
const renewMs = 1_000;
const askAgainMs = 100;
/** Before the lease ends: by then whoever held it has stopped. */
const marginMs = 500;

/** Locks that hold across replicas; where the holder of one ends, it ends by itself. */
export type UploadLocks = Locker & {
  /** Holds it while the work goes on, unless somebody else does. */
  during(id: string, work: (holder: string) => Promise<void>): Promise<boolean>;
  /** Whether this replica still has the lock that it took. */
  holds(id: string): boolean;
};

export class LockTimeout extends Error {}

export function createUploadLocks(
  store: Pick<Store, 'write'>,
  { replica, waitMs = 10_000 }: { replica: string; waitMs?: number },
): UploadLocks {
  /** Until when, by `performance.now()`, which no clock that is set moves. */
  const leases = new Map<string, { holder: string; until: number }>();

  async function take(id: string, holder: string): Promise<{ held: boolean; wanted: boolean }> {
    const askedAt = performance.now();
    const answer = await store.write({ kind: 'lock-upload', id, holder, forMs: leaseMs });
    if (answer.held) leases.set(id, { holder, until: askedAt + leaseMs - marginMs });
    return answer;
  }

  function renewing(id: string, holder: string, wanted: () => void): { stop(): Promise<void> } {
    let renewal: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      renewal = take(id, holder).then(
        (answer) => {
          if (!answer.held || answer.wanted) wanted();
        },
        () => undefined, // the next one may be answered
      );
    }, renewMs);
    return {
      async stop() {
        clearInterval(timer);
        await renewal;
        if (leases.get(id)?.holder === holder) leases.delete(id);
        await store.write({ kind: 'unlock-upload', id, holder }).catch(() => undefined); // it ends by itself
      },
    };
  }

  const holderName = () => `${replica}:${randomBytes(9).toString('base64url')}`;

  return {
    newLock(id): Lock {
      const holder = holderName();
      let renewal: { stop(): Promise<void> } | undefined;
      return {
        async lock(signal, release) {
          const deadline = performance.now() + waitMs;
          while (!(await take(id, holder)).held) {
            if (signal.aborted || performance.now() > deadline) throw new LockTimeout();
            await delay(askAgainMs);
          }
          renewal = renewing(id, holder, () => void release());
        },
        async unlock() {
          await renewal?.stop();
        },
      };
    },
    async during(id, work) {
      const holder = holderName();
      if (!(await take(id, holder)).held) return false;
      const renewal = renewing(id, holder, () => undefined);
      try {
        await work(holder);
      } finally {
        await renewal.stop();
      }
      return true;
    },
    holds: (id) => performance.now() < (leases.get(id)?.until ?? 0),
  };
}
