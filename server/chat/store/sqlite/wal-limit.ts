import { stat } from 'node:fs/promises';
import type { Connection } from './connection.ts';

export type WalLimit = {
  /** Between two batches: ends the write-ahead log where it has grown too long, and looks only now and then. */
  keep(): Promise<void>;
};

type WalLimitOptions = { bytes: number; lookEveryMs: number };

/** `journal_size_limit` leaves no more than this of one that ended. */
const defaults: WalLimitOptions = { bytes: 67_108_864, lookEveryMs: 250 };

/** How long everybody's writing may wait for the last reader of the old one. */
const readersMs = 200;
const longestBackoffMs = 30_000;

/**
 * The log begins anew once it was copied to the end and nobody reads from it. While three processes write and read
 * without pause that moment never comes by itself: it grew by 60 MB a second. This makes it come, by holding the writer's
 * lock. Where a long reader, such as a backup, is in the way, it asks more and more seldom.
 */
export function createWalLimit(path: string, writer: Connection, options: WalLimitOptions = defaults): WalLimit {
  let lookAt = 0;
  let failures = 0;

  return {
    async keep() {
      if (performance.now() < lookAt) return;
      const bytes = await stat(`${path}-wal`).then(
        ({ size }) => size,
        () => 0,
      );
      if (bytes > options.bytes) failures = (await endLog(writer)) ? 0 : failures + 1;
      lookAt = performance.now() + Math.min(longestBackoffMs, options.lookEveryMs * 2 ** failures);
    },
  };
}

async function endLog(writer: Connection): Promise<boolean> {
  try {
    await writer.execute(`PRAGMA busy_timeout = ${readersMs}`);
    const [row] = await writer.all<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)');
    return row?.busy === 0;
  } catch {
    return false; // another replica is at it, or the disk is full
  } finally {
    await writer.execute('PRAGMA busy_timeout = 0');
  }
}
