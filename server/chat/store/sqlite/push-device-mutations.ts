import { pushDevicesLimit } from '../../../../shared/limits.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { readRange } from './queries.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/**
 * One device a session; said again, it stays and is as good as new. An address that belonged to a session before, of
 * whomever, is this one's from now on: it is the same browser.
 */
export async function addPushDevice(
  transaction: LogTransaction,
  { session, member, subscription }: MutationOf<'add-push-device'>,
): Result<'add-push-device'> {
  const { endpoint, p256dh, auth, language } = subscription;
  const { now } = transaction;
  await personById(transaction, member);
  const alive = await transaction.all('SELECT 1 FROM sessions WHERE id = ? AND member = ?', session, member);
  if (alive.length === 0) throw new Refusal('not-signed-in');
  const { head } = await readRange(transaction);
  // While nobody had one, nobody looked through the log.
  await transaction.all('UPDATE notice_progress SET seq = ? WHERE NOT EXISTS (SELECT 1 FROM push_devices)', head);
  await transaction.all(
    'DELETE FROM push_devices WHERE (session = ?1 OR endpoint = ?2) AND NOT (session = ?1 AND endpoint = ?2)',
    session,
    endpoint,
  );
  await transaction.all(
    `INSERT INTO push_devices (session, member, endpoint, p256dh, auth, language, since, heard_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (endpoint) DO UPDATE
     SET p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language, heard_at = excluded.heard_at,
         failures = 0, paused_until = 0`,
    ...[session, member, endpoint, p256dh, auth, language, head, now],
  );
  await transaction.all(
    `DELETE FROM push_devices WHERE member = ?1 AND id NOT IN
       (SELECT id FROM push_devices WHERE member = ?1 ORDER BY heard_at DESC, id DESC LIMIT ?2)`,
    member,
    pushDevicesLimit,
  );
  return null;
}

export async function removePushDevice(
  transaction: LogTransaction,
  { session }: MutationOf<'remove-push-device'>,
): Result<'remove-push-device'> {
  await transaction.all('DELETE FROM push_devices WHERE session = ?', session);
  return null;
}

/** Nothing comes to any of their devices any more. */
export async function forgetPushDevices(transaction: LogTransaction, member: number): Promise<void> {
  await transaction.all('DELETE FROM push_devices WHERE member = ?', member);
}

/** Who leaves a channel is told nothing more of it. */
export async function forgetDueNotices(transaction: LogTransaction, member: number, channel: number): Promise<void> {
  await transaction.all(
    'DELETE FROM due_notices WHERE channel = ?2 AND device IN (SELECT id FROM push_devices WHERE member = ?1)',
    member,
    channel,
  );
}

/** The page shows it by itself. */
export async function noteShown(
  transaction: LogTransaction,
  { session, channel, thread, message }: MutationOf<'note-shown'>,
): Result<'note-shown'> {
  const [device] = await transaction.all<{ id: number; member: number }>(
    `SELECT d.id, d.member FROM push_devices AS d JOIN memberships AS m ON m.member = d.member AND m.channel = ?
     WHERE d.session = ?`,
    channel,
    session,
  );
  if (device !== undefined) await show(transaction, { device: device.id, channel, thread: thread ?? 0, message });
  return null;
}

type Place = { device: number; channel: number; thread: number };

/** From now on the device shows that place up to that message, and what was due of it is done. */
export async function show(
  transaction: LogTransaction,
  { message, ...place }: Place & { message: number },
): Promise<void> {
  const { device, channel, thread } = place;
  await transaction.all(
    `INSERT INTO shown_notices (device, channel, thread, message) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET message = max(message, excluded.message)`,
    ...[device, channel, thread, message],
  );
  await takeOffDue(transaction, { ...place, message });
}

/** What has come to it since stays due. */
export async function takeOffDue(
  transaction: LogTransaction,
  { device, channel, thread, message }: Place & { message: number },
): Promise<void> {
  const place = [device, channel, thread] as const;
  await transaction.all(
    `UPDATE due_notices SET
       messages = (SELECT json_group_array(value) FROM json_each(messages) WHERE value > ?4),
       count = min(count, (SELECT count(*) FROM json_each(messages) WHERE value > ?4))
     WHERE device = ?1 AND channel = ?2 AND thread = ?3`,
    ...place,
    message,
  );
  await transaction.all(
    'DELETE FROM due_notices WHERE device = ? AND channel = ? AND thread = ? AND count = 0',
    ...place,
  );
}
