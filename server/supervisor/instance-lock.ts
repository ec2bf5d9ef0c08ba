import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SettingError } from '../environment.ts';

/** SQLITE_BUSY */
const busy = 5;

export type InstanceLock = { release(): void };

/** Holds a folder for this process alone. The operating system frees it however the process ends, so none is ever stale. */
export function lockFolder(variable: string, folder: string): InstanceLock {
  const file = new DatabaseSync(join(folder, 'instance.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new SettingError(
      `Another Ronda already runs on "${folder}". Stop that one first, or give this one a ${variable} of its own.`,
    );
  }
  return { release: () => file.close() };
}
