import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import type { FoundMessage } from './message-access.ts';
import { emptyMessage } from './message-mutations.ts';

/** Seqs that one batch looks through at most: there is no index by author, which every send would have to pay for. */
const span = 20_000;

/** What somebody who was removed wrote, from the oldest on, also where whoever removed them can't read. */
export async function purgeMessages(
  transaction: LogTransaction,
  { limit }: MutationOf<'purge-messages'>,
): Promise<Mutations['purge-messages']['result']> {
  const [task] = await transaction.all<{ id: number; purge_by: number; purged_to: number; newest: number }>(
    `SELECT id, purge_by, purged_to, (SELECT coalesce(max(id), 0) FROM messages) AS newest
     FROM members WHERE purge_by IS NOT NULL ORDER BY id LIMIT 1`,
  );
  if (task === undefined) return { more: false };
  const to = task.purged_to + span;
  const messages = await transaction.all<FoundMessage>(
    `SELECT m.*, NULL AS archived_at FROM messages AS m
     WHERE id > ? AND id <= ? AND author = ? AND deleted_by IS NULL ORDER BY id LIMIT ?`,
    task.purged_to,
    to,
    task.id,
    limit,
  );
  for (const message of messages) await emptyMessage(transaction, message, task.purge_by);
  const full = messages.length === limit;
  const done = !full && to >= task.newest;
  await transaction.all(
    'UPDATE members SET purged_to = ?, purge_by = ? WHERE id = ?',
    done ? 0 : full ? (messages.at(-1)?.id ?? to) : to,
    done ? null : task.purge_by,
    task.id,
  );
  return { more: true };
}
