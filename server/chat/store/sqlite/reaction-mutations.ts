import { reactionsLimit } from '../../../../shared/limits.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { changeableMessage } from './message-access.ts';

export async function setReaction(
  transaction: LogTransaction,
  { member: id, message, emoji, on }: MutationOf<'set-reaction'>,
): Promise<Mutations['set-reaction']['result']> {
  const { channel } = await changeableMessage(transaction, id, message);
  const member = await personById(transaction, id);
  const mine = await transaction.all(
    'SELECT 1 FROM reactions WHERE message = ? AND emoji = ? AND member = ?',
    message,
    emoji,
    id,
  );
  if (on === mine.length > 0) return null;
  if (on) await requireRoom(transaction, message, emoji);
  const body = { kind: 'reaction-set', channel, message, emoji, member, on } as const;
  const seq = await transaction.append({ table: 'channels', id: channel }, body, id);
  await transaction.all(
    on
      ? 'INSERT INTO reactions (message, emoji, member, seq) VALUES (?1, ?2, ?3, ?4)'
      : 'DELETE FROM reactions WHERE message = ?1 AND emoji = ?2 AND member = ?3 AND seq < ?4',
    message,
    emoji,
    id,
    seq,
  );
  await transaction.all('UPDATE messages SET changed_seq = ? WHERE id = ?', seq, message);
  return null;
}

async function requireRoom(transaction: LogTransaction, message: number, emoji: string): Promise<void> {
  const [row] = await transaction.all<{ others: number }>(
    'SELECT count(DISTINCT emoji) AS others FROM reactions WHERE message = ? AND emoji != ?',
    message,
    emoji,
  );
  if (row !== undefined && row.others >= reactionsLimit)
    throw new Refusal('too-many-reactions', { limit: reactionsLimit });
}
