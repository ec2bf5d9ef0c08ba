import { dirname } from 'node:path';
import { SettingError } from '../../../environment.ts';
import { sqliteCode } from './connection.ts';

/** Why a file can't be opened, where starting again would change nothing: what it holds has to be changed first. */
export function faultInFile(error: unknown, path: string): unknown {
  switch (sqliteCode(error)) {
    case 'SQLITE_NOTADB':
      return new SettingError(
        `DATA_DIRECTORY takes a folder of Ronda's: "${path}" is no database, or of no use any more.`,
      );
    case 'SQLITE_CORRUPT':
      return new SettingError(
        `DATA_DIRECTORY takes a folder that is whole: "${path}" is damaged. Restore a backup into an empty folder in place of "${dirname(path)}".`,
      );
    default:
      return error;
  }
}
