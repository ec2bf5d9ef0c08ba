import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { mayKeepOf } from '../kept-person.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { claimTabName } from './tab-name.ts';

/** Where a person's unsent messages outlive the page. */
export type OutboxStorage = {
  /** Hands over what was left from before. */
  load(restore: (entries: readonly OutboxEntry[]) => void): void;
  /** Keeps what differs between the two. */
  keep(before: Outbox, after: Outbox): void;
  close(): void;
};

/** A queue belongs to a log and a person: nothing is ever sent as the next one on this device. */
type Kept = { owner: string; tab: string; entry: OutboxEntry };
interface Schema extends DBSchema {
  outbox: { key: string; value: Kept; indexes: { owner: string } };
}

const open = () =>
  openDB<Schema>('ronda', 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'entry.clientId' }).createIndex('owner', 'owner');
    },
  });

/** In IndexedDB; where the browser forbids it, the page's memory is all there is. */
export function openOutboxStorage(owner: Promise<string>): OutboxStorage {
  const tab = claimTabName();
  const ready = open().catch(() => undefined);
  let work: Promise<unknown> = Promise.resolve();
  /** Done with, whatever is still to be deleted of it. */
  const gone = new Set<string>();
  const then = (task: (database: IDBPDatabase<Schema>, owner: string, tab: string) => Promise<unknown>) => {
    work = work
      .then(async () => {
        const [database, mine] = [await ready, await owner];
        if (database && mayKeepOf(mine)) await task(database, mine, (await tab).name);
      })
      .catch(() => undefined);
  };

  return {
    load(restore) {
      void (async () => {
        const [database, mine, { name, others }] = [await ready, await owner, await tab];
        await work;
        if (database === undefined) return;
        const kept = await adopt(database, mine, name, await others());
        restore(kept.filter(({ clientId }) => !gone.has(clientId)));
      })().catch(() => undefined);
    },
    keep(before, after) {
      const earlier = new Map(before.map((entry) => [entry.clientId, entry]));
      const kept = new Set<string>();
      for (const entry of after) {
        // Accepted means durable on the server: nothing of it is left to do for a later page.
        if (entry.state.kind === 'accepted') {
          gone.add(entry.clientId);
          continue;
        }
        kept.add(entry.clientId);
        if (entry !== earlier.get(entry.clientId))
          then((database, mine, name) => database.put('outbox', { owner: mine, tab: name, entry: asLeft(entry) }));
      }
      for (const { clientId, state } of before)
        if (!kept.has(clientId) && state.kind !== 'accepted') {
          gone.add(clientId);
          then((database) => database.delete('outbox', clientId));
        }
    },
    close: () => void tab.then(({ leave }) => leave()),
  };
}

/** Each tab sends its own; what belongs to a tab that is gone is adopted by whichever looks first. */
async function adopt(
  database: IDBPDatabase<Schema>,
  owner: string,
  tab: string,
  others: ReadonlySet<string>,
): Promise<OutboxEntry[]> {
  const transaction = database.transaction('outbox', 'readwrite');
  const kept = await transaction.store.index('owner').getAll(owner);
  const mine = kept.filter((one) => one.tab === tab || !others.has(one.tab));
  for (const one of mine) if (one.tab !== tab) await transaction.store.put({ ...one, tab });
  await transaction.done;
  return mine.map(({ entry }) => entry).sort((a, b) => a.order - b.order);
}

/** Signing out erases what the device has kept of that person. */
export async function eraseOutbox(owner: string): Promise<void> {
  const database = await open();
  const keys = await database.getAllKeysFromIndex('outbox', 'owner', owner);
  await Promise.all(keys.map((key) => database.delete('outbox', key)));
  database.close();
}

/** A page that finds it later doesn't know whether it arrived, so it is sent again under its id. */
function asLeft(entry: OutboxEntry): OutboxEntry {
  return entry.state.kind === 'sending' ? { ...entry, state: { kind: 'queued' } } : entry;
}
