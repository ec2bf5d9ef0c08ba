import { startBackgroundWork } from '../background-work.ts';
import type { Store, Upload } from '../store/store.ts';
import { isDiskFull } from './file-limits.ts';
import { type FinishOptions, finishUpload, removeUnlessAwaited } from './finish-upload.ts';
import type { UploadLocks } from './upload-locks.ts';

const lookEveryMs = 2_000;
const atOnce = 4;
/** More than all replicas work on, so that each finds some that nobody does. */
const lookedAt = 100;
const othersMs = 1_000;
/** By one replica; another may fare better. */
const attemptsLimit = 3;

/**
 * Makes files of uploads that have arrived. Every replica looks for them; each is worked on by one at a time, and one
 * whose replica was killed by the next.
 */
export function finishUploads(
  options: FinishOptions & {
    store: Pick<Store, 'write' | 'upload' | 'received'>;
    locks: UploadLocks;
    onError(error: unknown): void;
  },
): { wake(): void; stop(): Promise<void> } {
  const { store, locks } = options;
  const underWay = new Map<string, Promise<void>>();
  const attempts = new Map<string, number>();
  let woken = Promise.withResolvers<void>();
  let stopping = false;

  const work = startBackgroundWork(async (pause, stopped) => {
    while (!stopped.aborted) {
      try {
        for (const upload of await store.received(lookedAt)) {
          if (underWay.size >= atOnce || stopped.aborted) break;
          if (underWay.has(upload.id)) continue;
          const finishing = finish(upload).finally(() => {
            underWay.delete(upload.id);
            woken.resolve();
          });
          underWay.set(upload.id, finishing);
        }
      } catch (error) {
        options.onError(error);
      }
      await Promise.race([woken.promise, pause(lookEveryMs)]);
      woken = Promise.withResolvers();
    }
    await Promise.all(underWay.values());
  });

  async function finish(upload: Upload): Promise<void> {
    const { id } = upload;
    try {
      const held = await locks.during(id, async (holder) => {
        try {
          await finishUpload(upload, holder, options);
          attempts.delete(id);
        } catch (error) {
          await giveUp(id, holder, error);
        }
      });
      if (!held) await new Promise((resolve) => setTimeout(resolve, othersMs)); // somebody else does it
    } catch (error) {
      options.onError(error);
    }
  }

  async function giveUp(id: string, holder: string, error: unknown): Promise<void> {
    if (stopping) return; // another replica goes on
    const count = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, count);
    if (!isDiskFull(error)) options.onError(error);
    if (!isDiskFull(error) && count < attemptsLimit) return;
    await store.write({ kind: 'refuse-upload', id, holder, reason: isDiskFull(error) ? 'storage-full' : 'internal' });
    attempts.delete(id);
    await removeUnlessAwaited(id, options);
  }

  return {
    wake: () => woken.resolve(),
    stop() {
      stopping = true;
      return work.stop();
    },
  };
}
