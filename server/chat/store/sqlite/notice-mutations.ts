import type { NoticeSettings } from '../../../../shared/protocol.ts';
import { isTimeZone } from '../../../../shared/quiet-times.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { readNoticeSettings } from './notice-settings.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Told in the member's own stream: what they set on one device holds on all. */
export async function setNotices(
  transaction: LogTransaction,
  { member, change }: MutationOf<'set-notices'>,
): Result<'set-notices'> {
  await personById(transaction, member);
  const before = await readNoticeSettings(transaction, member);
  const notices: NoticeSettings = {
    keywords: change.keywords ?? before.keywords,
    quietUntil: change.quietUntil ?? before.quietUntil,
    quietHours: change.quietHours ?? before.quietHours,
    timeZone: change.timeZone ?? before.timeZone,
    hideText: change.hideText ?? before.hideText,
    sound: change.sound ?? before.sound,
  };
  if (!isTimeZone(notices.timeZone)) throw new Refusal('bad-request');
  const text = JSON.stringify(notices);
  if (text === JSON.stringify(before)) return null;
  await transaction.all('UPDATE members SET notices = ? WHERE id = ?', text, member);
  await transaction.append({ table: 'members', id: member }, { kind: 'notices-changed', notices }, member);
  return null;
}

/** The first one stays for good. */
export async function keepNoticeKey(
  transaction: LogTransaction,
  { publicKey, privateKey }: MutationOf<'keep-notice-key'>,
): Result<'keep-notice-key'> {
  await transaction.all(
    'INSERT INTO notice_key (id, public_key, private_key) VALUES (1, ?, ?) ON CONFLICT DO NOTHING',
    publicKey,
    privateKey,
  );
  return null;
}
