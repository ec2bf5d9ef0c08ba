import type { Person } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { exit } from './channel-people.ts';
import { endInvitesOf } from './invite-mutations.ts';
import { type LogTransaction, theWorkspace } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { forgetPasswordLinks } from './password-link-mutations.ts';
import { forgetProfile } from './profile-mutations.ts';
import { forgetPushDevices } from './push-device-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Nobody removes the owner or themselves; admins are the owner's to remove. */
export async function removeMember(
  transaction: LogTransaction,
  { author, member, purge }: MutationOf<'remove-member'>,
): Result<'remove-member'> {
  const by = await personById(transaction, author);
  const [known] = await transaction.all<{ role: string; removed_at: number | null }>(
    'SELECT role, removed_at FROM members WHERE id = ?',
    member,
  );
  if (by.role !== 'owner' && by.role !== 'admin') throw new Refusal('not-allowed');
  if (known === undefined) throw new Refusal('member-not-found');
  const mayRemove = known.role !== 'owner' && (known.role !== 'admin' || by.role === 'owner') && member !== author;
  if (!mayRemove) throw new Refusal('not-allowed');
  if (purge) await transaction.all('UPDATE members SET purge_by = ? WHERE id = ?', author, member);
  if (known.removed_at !== null) return null;

  const memberships = await transaction.all<{ channel: number }>(
    'SELECT channel FROM memberships WHERE member = ? ORDER BY channel',
    member,
  );
  for (const { channel } of memberships) await exit(transaction, member, channel, author);
  const { avatar, ...unpictured } = await personById(transaction, member);
  const person: Person = { ...unpictured, former: true };
  if (person.role === 'admin') person.role = 'member';
  // Nobody's name begins with a space: theirs is free for somebody else.
  await transaction.all(
    `UPDATE members SET removed_at = ?, folded_name = ' ' || id, password_hash = NULL, role = ? WHERE id = ?`,
    transaction.now,
    person.role,
    member,
  );
  await forgetPushDevices(transaction, member);
  await forgetProfile(transaction, { ...person, avatar });
  // What they had uploaded and not sent goes with the next collection.
  await transaction.all('UPDATE files SET touched_at = 0 WHERE member = ? AND sent = 0', member);
  await endInvitesOf(transaction, member);
  await forgetPasswordLinks(transaction, member);
  await transaction.all('DELETE FROM password_resets WHERE member = ?', member);
  await transaction.append(theWorkspace, { kind: 'member-changed', member: person, by: author }, author);
  // Their rows stay, so that a device that comes later learns why it isn't let in.
  const sessions = await transaction.all<{ id: number }>('SELECT id FROM sessions WHERE member = ?', member);
  for (const { id } of sessions)
    await transaction.append({ table: 'members', id: member }, { kind: 'session-ended', session: id }, author);
  return null;
}

export async function setRole(
  transaction: LogTransaction,
  { author, member, role }: MutationOf<'set-role'>,
): Result<'set-role'> {
  const by = await personById(transaction, author);
  if (by.role !== 'owner') throw new Refusal('not-allowed');
  const before = await personById(transaction, member, 'member-not-found');
  if (before.role === role) return null;
  if (before.role !== 'admin' && before.role !== 'member') throw new Refusal('not-allowed');
  await transaction.all('UPDATE members SET role = ? WHERE id = ?', role, member);
  await forgetPasswordLinks(transaction, member); // who may make one for whom goes by the role
  await transaction.append(theWorkspace, { kind: 'member-changed', member: { ...before, role }, by: author }, author);
  return null;
}
