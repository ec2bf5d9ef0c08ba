import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Ledger } from '../connection/stream-ledger.ts';

/** Raised where what the page keeps changes its shape; what a replica's answers look like is counted in by itself. */
export const keptFormat = `1 ${import.meta.env.RONDA_WIRE}`;

/** One thing of the cache, as it was when the stream had come as far as its owner's `Reached` says. */
type Item = { owner: string; name: string; value: unknown };

/** The item of this name: how far everything else of that owner has come. */
export const reachedName = 'reached';
export type Reached = {
  format: string;
  log: string;
  ledger: Ledger;
  /** Channels, the last opened first. */
  recent: readonly number[];
  /** The page that wrote all of it: another one doesn't add to it, but writes everything anew. */
  writer: string;
};

interface Schema extends DBSchema {
  items: { key: [string, string]; value: Item };
}

/** Opened for each use: a connection that stays would hold up a release that needs another version. */
export async function withKept<T>(task: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const database = await openDB<Schema>('ronda.kept', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('items', { keyPath: ['owner', 'name'] });
    },
  });
  try {
    return await task(database);
  } finally {
    database.close();
  }
}

export function ownedBy(owner: string): IDBKeyRange {
  return IDBKeyRange.bound([owner], [owner, []]);
}

/** One person at a time is signed in on a device, so nobody else's is there either. */
export function eraseKept(): Promise<void> {
  return withKept((database) => database.clear('items'));
}
