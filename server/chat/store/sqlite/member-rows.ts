import { type Person, Role } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { LogTransaction } from './log-transaction.ts';

export type MemberRow = { id: number; name: string; role: string };

export function personOf({ id, name, role }: MemberRow): Person {
  return { id, name, role: roleOf(role) };
}

/** The column has a CHECK for these; a file that was tampered with fails here rather than on the page. */
export function roleOf(role: string | null): Role {
  return Role.parse(role);
}

/** As of this transaction: a removed person's session may still be asking. */
export async function personById(transaction: LogTransaction, id: number): Promise<Person> {
  const [row] = await transaction.all<MemberRow>('SELECT id, name, role FROM members WHERE id = ?', id);
  if (row === undefined) throw new Refusal('not-signed-in');
  return personOf(row);
}
