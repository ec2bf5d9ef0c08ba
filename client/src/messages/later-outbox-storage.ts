import type { OutboxStorage } from './outbox-storage.ts';

const againMs = 3_000;

/** What keeps the outbox is no part of the first look; whatever happens until it has loaded is kept then, in order. */
export function openOutboxStorageLater(owner: Promise<string>): OutboxStorage {
  let closed = false;
  const load = async (): Promise<OutboxStorage | undefined> => {
    while (!closed)
      try {
        return (await import('./outbox-storage.ts')).openOutboxStorage(owner);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    return undefined;
  };
  const storage = load();
  const then = (use: (storage: OutboxStorage) => void) => void storage.then((loaded) => loaded && use(loaded));
  return {
    load: (restore) => then((loaded) => loaded.load(restore)),
    keep: (before, after) => then((loaded) => loaded.keep(before, after)),
    close() {
      closed = true;
      then((loaded) => loaded.close());
    },
  };
}
