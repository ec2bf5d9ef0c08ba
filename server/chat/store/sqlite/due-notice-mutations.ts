import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { show, takeOffDue } from './push-device-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Of one place and device; the newest of them is shown, with how many there are. */
const messagesKept = 10;

/** A push service that refuses everything for more than a day won't take anything any more. */
const mostFailures = 30;

/** What a stretch of the log brings, and that it was looked through: both or neither, so that none is counted twice. */
export async function addDueNotices(
  transaction: LogTransaction,
  { from, to, dueAt, due }: MutationOf<'add-due-notices'>,
): Result<'add-due-notices'> {
  const moved = await transaction.all('UPDATE notice_progress SET seq = ?2 WHERE seq = ?1 RETURNING seq', from, to);
  if (moved.length === 0) return { moved: false };
  const rows = due.map((one) => ({ ...one, messages: one.messages.slice(-messagesKept) }));
  // At once, however many: people's messages wait behind it.
  await transaction.all(
    `INSERT INTO due_notices (device, channel, thread, messages, count, due_at)
     SELECT d.id, value ->> 'channel', value ->> 'thread', value -> 'messages', value ->> 'count', ?2
     FROM json_each(?1) JOIN push_devices AS d ON d.id = value ->> 'device' WHERE true
     ON CONFLICT DO UPDATE SET count = count + excluded.count, messages =
       (SELECT json_group_array(value) FROM (SELECT value FROM
          (SELECT value FROM json_each(due_notices.messages) UNION SELECT value FROM json_each(excluded.messages)
           ORDER BY value DESC LIMIT ?3) ORDER BY value))`,
    JSON.stringify(rows),
    dueAt,
    messagesKept,
  );
  return { moved: true };
}

/** A device's own wish to see one. */
export async function addTestNotice(
  transaction: LogTransaction,
  { session }: MutationOf<'add-test-notice'>,
): Result<'add-test-notice'> {
  const added = await transaction.all(
    `INSERT INTO due_notices (device, channel, thread, messages, count, due_at)
     SELECT id, 0, 0, '[0]', 1, ?2 FROM push_devices WHERE session = ?1
     ON CONFLICT DO UPDATE SET due_at = excluded.due_at RETURNING device`,
    session,
    transaction.now,
  );
  return { pushed: added.length > 0 };
}

/** What came of the notices that were due. */
export async function settleNotices(
  transaction: LogTransaction,
  { results }: MutationOf<'settle-notices'>,
): Result<'settle-notices'> {
  for (const { outcome, withdrawn, ...notice } of results) {
    const { device } = notice;
    switch (outcome.kind) {
      case 'shown':
        if (notice.channel > 0) await show(transaction, notice);
        else await takeOffDue(transaction, notice);
        await transaction.all('UPDATE push_devices SET failures = 0, paused_until = 0 WHERE id = ?', device);
        for (const { channel, thread, message } of withdrawn)
          await transaction.all(
            'DELETE FROM shown_notices WHERE device = ? AND channel = ? AND thread = ? AND message = ?',
            ...[device, channel, thread, message],
          );
        break;
      case 'dropped':
        await takeOffDue(transaction, notice);
        break;
      case 'gone':
        await transaction.all('DELETE FROM push_devices WHERE id = ?', device);
        break;
      case 'failed':
        await transaction.all(
          'UPDATE push_devices SET failures = failures + 1, paused_until = ? WHERE id = ?',
          transaction.now + outcome.againAfterMs,
          device,
        );
        await transaction.all('DELETE FROM push_devices WHERE id = ? AND failures >= ?', device, mostFailures);
    }
  }
  return null;
}
