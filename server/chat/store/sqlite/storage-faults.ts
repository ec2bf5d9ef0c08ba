import { Refusal } from '../../refusal.ts';
import { sqliteCode } from './connection.ts';

/** What the sender is told when the file itself says no. Nothing of the batch was acknowledged. */
export function refusalFor(error: unknown): unknown {
  switch (sqliteCode(error)) {
    case undefined:
      return error;
    case 'SQLITE_FULL':
      return new Refusal('storage-full');
    case 'SQLITE_BUSY':
      return new Refusal('overloaded');
    default:
      return new Refusal('storage-failed', {}, error);
  }
}
