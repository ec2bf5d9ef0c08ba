import { existsSync, writeFileSync } from 'node:fs';
import { access } from 'node:fs/promises';

/** Whether the file was found corrupt, by any replica, now or before a restart. */
export type Corruption = {
  found(): boolean;
  /** What SQLite said; corruption closes every replica to writing until somebody has restored a backup. */
  report(code: string): void;
  /** Learns what another replica found. */
  look(): Promise<void>;
};

const corruptCodes = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/**
 * SQLite goes on accepting inserts into a file in which a read has failed, and each makes the damage worse. The mark
 * is a file beside it, `<path>.corrupt`, since what is told inside it may not be readable; delete it after a restore.
 */
export function watchForCorruption(path: string): Corruption {
  const mark = `${path}.corrupt`;
  let corrupt = existsSync(mark);

  return {
    found: () => corrupt,
    report(code) {
      if (corrupt || !corruptCodes.has(code)) return;
      corrupt = true;
      try {
        writeFileSync(mark, 'SQLite reported a corrupt database. Restore a backup, then delete this file.\n');
      } catch {
        // A full or read-only disk: the other replicas find out by themselves.
      }
    },
    async look() {
      corrupt ||= await access(mark).then(
        () => true,
        () => false,
      );
    },
  };
}
