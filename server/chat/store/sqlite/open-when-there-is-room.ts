import { setTimeout as delay } from 'node:timers/promises';
import { sqliteCode } from './connection.ts';

const waitMs = 500;

/** A full disk has no room for the memory that the replicas share either, and SQLite calls that an I/O error. */
const passing = new Set(['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN']);

/** Opens what a full disk keeps from being opened as soon as there is room, rather than die and be started again. */
export async function openWhenThereIsRoom<T>(open: () => Promise<T>, onWait: (code: string) => void): Promise<T> {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      const code = sqliteCode(error);
      if (code === undefined || !passing.has(code)) throw error;
      onWait(code);
      await delay(waitMs);
    }
  }
}
