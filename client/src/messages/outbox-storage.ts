import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { mayKeepOf } from '../kept-person.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

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
  const tab = tabName();
  const ready = open().catch(() => undefined);
  let work: Promise<unknown> = Promise.resolve();
  const then = (task: (database: IDBPDatabase<Schema>, owner: string) => Promise<unknown>) => {
    work = work
      .then(async () => {
        const database = await ready;
        const mine = await owner;
        if (database && mayKeepOf(mine)) await task(database, mine);
      })
      .catch(() => undefined);
  };
  const claim = claimOrphans(tab);

  return {
    load(restore) {
      void (async () => {
        const database = await ready;
        if (database) restore(await claim.adopt(database, await owner));
      })().catch(() => undefined);
    },
    keep(before, after) {
      const earlier = new Map(before.map((entry) => [entry.clientId, entry]));
      const kept = new Set<string>();
      for (const entry of after) {
        // Accepted means durable on the server: nothing of it is left to do for a later page.
        if (entry.state.kind === 'accepted') continue;
        kept.add(entry.clientId);
        if (entry !== earlier.get(entry.clientId))
          then((database, mine) => database.put('outbox', { owner: mine, tab, entry: asLeft(entry) }));
      }
      for (const { clientId, state } of before)
        if (!kept.has(clientId) && state.kind !== 'accepted') then((database) => database.delete('outbox', clientId));
    },
    close: claim.stop,
  };
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

/** The same through a reload, another one in every tab. */
function tabName(): string {
  try {
    const name = sessionStorage.getItem('ronda.tab') ?? Math.random().toString(36).slice(2);
    sessionStorage.setItem('ronda.tab', name);
    return name;
  } catch {
    return Math.random().toString(36).slice(2);
  }
}

const rollCallMs = 300;

/** Each tab sends its own; what belongs to a tab that no longer answers is adopted by the next one that opens. */
function claimOrphans(tab: string) {
  const channel = new BroadcastChannel('ronda.outbox');
  const alive = new Set([tab]);
  channel.onmessage = ({ data }: MessageEvent<{ ask?: string; answer?: string }>) => {
    if (data.ask !== undefined) channel.postMessage({ answer: tab });
    if (data.answer !== undefined) alive.add(data.answer);
  };
  return {
    async adopt(database: IDBPDatabase<Schema>, owner: string): Promise<OutboxEntry[]> {
      channel.postMessage({ ask: tab });
      await new Promise((resolve) => setTimeout(resolve, rollCallMs));
      const transaction = database.transaction('outbox', 'readwrite');
      const kept = await transaction.store.index('owner').getAll(owner);
      const mine = kept.filter((one) => one.tab === tab || !alive.has(one.tab));
      for (const one of mine) if (one.tab !== tab) await transaction.store.put({ ...one, tab });
      await transaction.done;
      return mine.map(({ entry }) => entry).sort((a, b) => a.order - b.order);
    },
    stop: () => channel.close(),
  };
}
