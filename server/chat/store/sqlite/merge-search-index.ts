import type { MutationOf, Mutations } from '../mutations.ts';
import { takeLease } from './log-mutations.ts';
import type { LogTransaction } from './log-transaction.ts';

const indexes = ['search_index', 'search_parts'];

/** Pages that one step writes: some milliseconds, for which people's messages wait. */
const stepPages = 32;

/** What was added since is in many pieces, and an eighth of all: writing it anew pays then. */
const scattered = { pieces: 4, share: 1 / 8 };

/**
 * One step towards an index in one piece; by whoever holds the lease. Each piece is asked for each word, which makes up
 * half of what a search takes where there are a dozen.
 */
export async function mergeSearchIndex(
  transaction: LogTransaction,
  { holder, forMs, begun }: MutationOf<'merge-search-index'>,
): Promise<Mutations['merge-search-index']['result']> {
  const { held } = await takeLease(transaction, { kind: 'take-lease', job: 'search', holder, forMs });
  if (!held) return { more: false };
  for (const index of indexes) {
    if (!begun && !(await isScattered(transaction, index))) continue;
    const before = await changes(transaction);
    await transaction.all(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ${-stepPages})`);
    // The command itself counts as one.
    if ((await changes(transaction)) - before > 1) return { more: true };
  }
  return { more: false };
}

async function isScattered(transaction: LogTransaction, index: string): Promise<boolean> {
  const pieces = await transaction.all<{ pages: number }>(
    `SELECT count(*) AS pages FROM ${index}_idx GROUP BY segid ORDER BY pages DESC`,
  );
  const total = pieces.reduce((sum, { pages }) => sum + pages, 0);
  const largest = pieces[0]?.pages ?? 0;
  return pieces.length > scattered.pieces && total - largest > total * scattered.share;
}

async function changes(transaction: LogTransaction): Promise<number> {
  const [row] = await transaction.all<{ changes: number }>('SELECT total_changes() AS changes');
  return row?.changes ?? 0;
}
