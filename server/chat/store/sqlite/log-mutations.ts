import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** A lease that ends later than one could have been given was given before the clock was set back: it is void. */
export async function takeLease(
  transaction: LogTransaction,
  { job, holder, forMs }: MutationOf<'take-lease'>,
): Result<'take-lease'> {
  const { now } = transaction;
  const taken = await transaction.all(
    `INSERT INTO jobs (name, holder, held_until) VALUES (?1, ?2, ?4) ON CONFLICT DO UPDATE
     SET holder = ?2, held_until = ?4 WHERE holder = ?2 OR held_until NOT BETWEEN ?3 AND ?4 RETURNING name`,
    job,
    holder,
    now,
    now + forMs,
  );
  return { held: taken.length === 1 };
}

/** From the log's beginning on, and no further than the first event that is to be kept: clocks differ, seqs don't. */
export async function pruneLog(
  transaction: LogTransaction,
  { before, limit }: MutationOf<'prune-log'>,
): Result<'prune-log'> {
  const oldest = await transaction.all<{ seq: number; at: number }>(
    'SELECT seq, at FROM events ORDER BY seq LIMIT ?',
    limit,
  );
  const kept = oldest.findIndex(({ at }) => at >= before);
  const pruned = kept === -1 ? oldest : oldest.slice(0, kept);
  const last = pruned.at(-1);
  if (last === undefined) return { pruned: 0 };
  await transaction.all('DELETE FROM events WHERE seq <= ?', last.seq);
  await transaction.all('UPDATE log SET pruned = ?', last.seq);
  return { pruned: pruned.length };
}
