import { type Person, Role } from '../../../../shared/protocol.ts';
import type { RefusalReason } from '../../../../shared/refusals.ts';
import { Refusal } from '../../refusal.ts';
import type { LogTransaction } from './log-transaction.ts';

export type MemberRow = {
  id: number;
  name: string;
  role: string;
  avatar: string | null;
  removed_at?: number | null;
};

export function personOf({ id, name, role, avatar, removed_at }: MemberRow): Person {
  return {
    id,
    name,
    role: roleOf(role),
    ...(avatar === null ? {} : { avatar }),
    ...(removed_at ? { former: true } : {}),
  };
}

/** The column has a CHECK for these; a file that was tampered with fails here rather than on the page. */
export function roleOf(role: string | null): Role {
  return Role.parse(role);
}

/** As of this transaction: a removed person's session may still be asking. */
export async function personById(
  transaction: LogTransaction,
  id: number,
  otherwise: RefusalReason = 'not-signed-in',
): Promise<Person> {
  const [row] = await transaction.all<MemberRow>(
    'SELECT id, name, role, avatar FROM members WHERE id = ? AND removed_at IS NULL',
    id,
  );
  if (row === undefined) throw new Refusal(otherwise);
  return personOf(row);
}
