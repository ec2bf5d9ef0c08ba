import { type Backoff, createBackoff } from './backoff.ts';
import { type Connection, sqliteCode } from './connection.ts';

/** Takes the writer's lock, runs the work and commits; rolls back what throws. */
export async function inImmediateTransaction<T>(
  connection: Connection,
  work: () => Promise<T>,
  { deadlineMs = 5_000, backoff = createBackoff() }: { deadlineMs?: number; backoff?: Backoff } = {},
): Promise<T> {
  await takeLock(connection, deadlineMs, backoff);
  try {
    const result = await work();
    await connection.all('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have rolled back already; what counts is the error that led here.
    await connection.execute('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function takeLock(connection: Connection, deadlineMs: number, backoff: Backoff): Promise<void> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    try {
      await connection.all('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (sqliteCode(error) !== 'SQLITE_BUSY' || performance.now() > giveUpAt) throw error;
      await backoff.wait();
    }
  }
}
