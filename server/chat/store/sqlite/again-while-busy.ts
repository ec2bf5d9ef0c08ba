import { type Backoff, createBackoff } from './backoff.ts';
import { sqliteCode } from './connection.ts';

/** Does the work again for as long as another process holds the lock that it needs, and the deadline hasn't passed. */
export async function againWhileBusy<T>(
  work: () => Promise<T>,
  deadlineMs: number,
  backoff: Backoff = createBackoff(),
): Promise<T> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (sqliteCode(error) !== 'SQLITE_BUSY' || performance.now() > giveUpAt) throw error;
      await backoff.wait();
    }
  }
}
