import { directPeopleLimit } from '../../../../shared/limits.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { insertChannel } from './channel-mutations.ts';
import { enter, requirePeople } from './channel-people.ts';
import type { LogTransaction } from './log-transaction.ts';
import { setMembership } from './membership-mutations.ts';

/**
 * The same people always get the same conversation, whoever asks first and through whichever replica. The others see it
 * once something is said in it.
 */
export async function openDirect(
  transaction: LogTransaction,
  { author, people }: MutationOf<'open-direct'>,
): Promise<Mutations['open-direct']['result']> {
  const ids = [...new Set([author, ...people])].sort((a, b) => a - b);
  if (ids.length < 2 || ids.length > directPeopleLimit) throw new Refusal('bad-request');
  const directKey = JSON.stringify(ids);
  const [known] = await transaction.all<{ id: number }>('SELECT id FROM channels WHERE direct_key = ?', directKey);
  if (known !== undefined) {
    await setMembership(transaction, { kind: 'set-membership', member: author, channel: known.id, closed: false });
    return known;
  }
  const rows = await requirePeople(transaction, ids);
  const channel = { author, clientId: `direct ${directKey}`, name: '', topic: '', isPrivate: true, directKey };
  const row = await insertChannel(transaction, channel);
  for (const id of ids)
    await enter(transaction, id, row, { others: rows.filter((other) => other.id !== id), closed: id !== author });
  return { id: row.id };
}
