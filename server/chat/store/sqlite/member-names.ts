import { foldName } from '../../../../shared/text-rules.ts';
import { Refusal } from '../../refusal.ts';
import type { LogTransaction } from './log-transaction.ts';

/** The form under which a name is nobody else's: what looks the same is the same. */
export async function freeName(transaction: LogTransaction, name: string, except = 0): Promise<string> {
  const folded = foldName(name);
  if (folded === '') throw new Refusal('name-invalid');
  const taken = await transaction.all('SELECT 1 FROM members WHERE folded_name = ? AND id <> ?', folded, except);
  if (taken.length > 0) throw new Refusal('name-taken');
  return folded;
}

/** From here on it is theirs, and the one before is free. */
export async function claimName(transaction: LogTransaction, member: number, name: string): Promise<void> {
  const folded = await freeName(transaction, name, member);
  await transaction.all('UPDATE members SET folded_name = ? WHERE id = ?', folded, member);
}
