import { againWhileBusy } from './again-while-busy.ts';
import type { Backoff } from './backoff.ts';
import type { Connection } from './connection.ts';

/** Takes the writer's lock, runs the work and commits; rolls back what throws. */
export async function inImmediateTransaction<T>(
  connection: Connection,
  work: () => Promise<T>,
  { deadlineMs = 5_000, backoff }: { deadlineMs?: number; backoff?: Backoff } = {},
): Promise<T> {
  await againWhileBusy(() => connection.all('BEGIN IMMEDIATE'), deadlineMs, backoff);
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
