import type { Person } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { type LogTransaction, theWorkspace } from './log-transaction.ts';
import { claimName } from './member-names.ts';
import { personById } from './member-rows.ts';
import { countAttempt } from './session-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

const windowMs = 15 * 60_000;
/** Everyone hears of each: what a person changes more often than this in a quarter of an hour isn't meant. */
const changesLimit = 60;

/** What the log tells of it is how somebody looks from now on; the rest is asked for by whoever looks at their card. */
export async function changeProfile(
  transaction: LogTransaction,
  { member, name, pronouns, title, about, timeZone, lastSeenHidden }: MutationOf<'change-profile'>,
): Result<'change-profile'> {
  const person = await personById(transaction, member);
  if (name !== undefined && name !== person.name) await claimName(transaction, member, name);
  const changed = await transaction.all(
    `UPDATE members SET name = coalesce(?2, name), pronouns = coalesce(?3, pronouns), title = coalesce(?4, title),
       about = coalesce(?5, about), time_zone = coalesce(?6, time_zone),
       last_seen_hidden = coalesce(?7, last_seen_hidden), last_seen_at = iif(?7 = 1, NULL, last_seen_at)
     WHERE id = ?1 AND (name, pronouns, title, about, time_zone, last_seen_hidden) IS NOT
       (coalesce(?2, name), coalesce(?3, pronouns), coalesce(?4, title), coalesce(?5, about), coalesce(?6, time_zone),
        coalesce(?7, last_seen_hidden)) RETURNING id`,
    member,
    name ?? null,
    pronouns ?? null,
    title ?? null,
    about ?? null,
    timeZone ?? null,
    lastSeenHidden === undefined ? null : lastSeenHidden ? 1 : 0,
  );
  if (changed.length > 0) await tellOf(transaction, member);
  return null;
}

export async function setAvatar(
  transaction: LogTransaction,
  { member, avatar }: MutationOf<'set-avatar'>,
): Result<'set-avatar'> {
  const before = await personById(transaction, member);
  if (before.avatar === avatar?.id) return null;
  if (avatar !== null)
    await transaction.all('INSERT OR IGNORE INTO avatars (id, bytes) VALUES (?, ?)', avatar.id, avatar.bytes);
  await transaction.all('UPDATE members SET avatar = ? WHERE id = ?', avatar?.id ?? null, member);
  await dropAvatar(transaction, before.avatar);
  await tellOf(transaction, member);
  return null;
}

export async function setStatus(
  transaction: LogTransaction,
  { member, status }: MutationOf<'set-status'>,
): Result<'set-status'> {
  await personById(transaction, member);
  const changed = await transaction.all(
    `UPDATE members SET status = ?1, status_until = ?2
     WHERE id = ?3 AND (status IS NOT ?1 OR status_until IS NOT ?2) RETURNING id`,
    status && JSON.stringify({ emoji: status.emoji, text: status.text }),
    status?.until ?? null,
    member,
  );
  if (changed.length === 0) return null;
  await limitChanges(transaction, member);
  await transaction.append(theWorkspace, { kind: 'status-set', member, status }, member);
  return null;
}

/** Where somebody's last connection has closed: no event, since who looks asks. */
export async function noteSeen(transaction: LogTransaction, { members }: MutationOf<'note-seen'>): Result<'note-seen'> {
  await transaction.all(
    `UPDATE members SET last_seen_at = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND last_seen_hidden = 0
     AND removed_at IS NULL AND coalesce(last_seen_at, 0) < ?1 - 30000`,
    transaction.now,
    JSON.stringify(members),
  );
  return null;
}

/** Of somebody who was removed nothing of this stays. */
export async function forgetProfile(transaction: LogTransaction, { id, avatar }: Person): Promise<void> {
  await transaction.all(
    `UPDATE members SET pronouns = '', title = '', about = '', time_zone = '', avatar = NULL, status = NULL,
       status_until = NULL, last_seen_at = NULL WHERE id = ?`,
    id,
  );
  await dropAvatar(transaction, avatar);
  await transaction.all('DELETE FROM drafts WHERE member = ?', id);
}

async function dropAvatar(transaction: LogTransaction, avatar: string | undefined): Promise<void> {
  if (avatar === undefined) return;
  await transaction.all(
    'DELETE FROM avatars WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM members WHERE avatar = ?1)',
    avatar,
  );
}

async function tellOf(transaction: LogTransaction, member: number): Promise<void> {
  await limitChanges(transaction, member);
  const person = await personById(transaction, member);
  await transaction.append(theWorkspace, { kind: 'member-changed', member: person, by: member }, member);
}

/** Counts one change of a member's, and refuses it with the time to wait where they were many. */
export async function limitChanges(transaction: LogTransaction, member: number): Promise<void> {
  const attempts = [{ key: `change ${member}`, limit: changesLimit }];
  const { waits } = await countAttempt(transaction, { kind: 'count-attempt', attempts, windowMs });
  const [over] = waits;
  if (over !== undefined)
    throw new Refusal('too-many-attempts', { retryAfterSeconds: Math.ceil(over.retryAfterMs / 1_000) });
}
