import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { type LogTransaction, theWorkspace } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { forgetPasswordLinks } from './password-link-mutations.ts';
import { limitChanges } from './profile-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export async function renameWorkspace(
  transaction: LogTransaction,
  { author, name }: MutationOf<'rename-workspace'>,
): Result<'rename-workspace'> {
  const by = await personById(transaction, author);
  if (by.role !== 'owner') throw new Refusal('not-allowed');
  const changed = await transaction.all('UPDATE workspace SET name = ?1 WHERE name IS NOT ?1 RETURNING id', name);
  if (changed.length === 0) return null;
  await limitChanges(transaction, author);
  await transaction.append(theWorkspace, { kind: 'workspace-renamed', name, by: author }, author);
  return null;
}

/** There is one owner at any time: whoever was is an admin from then on. */
export async function handOver(
  transaction: LogTransaction,
  { author, before, member }: MutationOf<'hand-over'>,
): Result<'hand-over'> {
  const by = await personById(transaction, author);
  if (by.role !== 'owner') throw new Refusal('not-allowed');
  const confirmed = await transaction.all('SELECT 1 FROM members WHERE id = ? AND password_hash = ?', author, before);
  if (confirmed.length === 0) throw new Refusal('wrong-credentials');
  const next = await personById(transaction, member, 'member-not-found');
  if (next.role !== 'admin' && next.role !== 'member') throw new Refusal('not-allowed');
  for (const person of [
    { ...by, role: 'admin' as const },
    { ...next, role: 'owner' as const },
  ]) {
    await transaction.all('UPDATE members SET role = ? WHERE id = ?', person.role, person.id);
    await forgetPasswordLinks(transaction, person.id); // who may make one for whom goes by the role
    await transaction.append(theWorkspace, { kind: 'member-changed', member: person, by: author }, author);
  }
  return null;
}
