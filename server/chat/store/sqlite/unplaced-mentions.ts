import type { MutationOf, Mutations } from '../mutations.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';

/** By an index that holds these alone. */
const unplaced = 'mentions AS x INDEXED BY mentions_unplaced';
const isUnplaced = 'x.number = 0 AND x.thread IS NULL';

export async function mentionsUnplaced(reader: Connection): Promise<boolean> {
  const rows = await reader.all(`SELECT 1 FROM ${unplaced} WHERE ${isUnplaced} LIMIT 1`);
  return rows.length > 0;
}

/** Counts them with their threads; one whose message is gone is put in none (0), so that it isn't looked at again. */
export async function placeMentions(
  transaction: LogTransaction,
  { limit }: MutationOf<'place-mentions'>,
): Promise<Mutations['place-mentions']['result']> {
  const placed = await transaction.all(
    `UPDATE mentions SET thread = coalesce(p.thread, 0), thread_number = coalesce(p.thread_number, 0)
     FROM (SELECT x.member, x.channel, x.message, m.thread, m.thread_number
       FROM ${unplaced} LEFT JOIN messages AS m ON m.id = x.message WHERE ${isUnplaced} ORDER BY x.message LIMIT ?) AS p
     WHERE mentions.member = p.member AND mentions.channel = p.channel AND mentions.number = 0
       AND mentions.message = p.message RETURNING mentions.message`,
    limit,
  );
  return { more: placed.length === limit };
}
