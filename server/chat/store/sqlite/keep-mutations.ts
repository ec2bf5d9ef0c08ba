import { pinsLimit, savedLimit } from '../../../../shared/limits.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { changeableMessage, readableMessage } from './message-access.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** By any member of the channel who isn't a guest. */
export async function setPin(
  transaction: LogTransaction,
  { member, message, on }: MutationOf<'set-pin'>,
): Result<'set-pin'> {
  const { channel } = await changeableMessage(transaction, member, message);
  const by = await personById(transaction, member);
  if (by.role === 'guest') throw new Refusal('not-allowed');
  const pinned = await transaction.all('SELECT 1 FROM pins WHERE message = ?', message);
  if (on === pinned.length > 0) return null;
  if (on) {
    const others = await transaction.all('SELECT 1 FROM pins WHERE channel = ?', channel);
    if (others.length >= pinsLimit) throw new Refusal('too-many-pins', { limit: pinsLimit });
    await transaction.all(
      'INSERT INTO pins (message, channel, pinned_by, at) VALUES (?, ?, ?, ?)',
      message,
      channel,
      member,
      transaction.now,
    );
  } else await transaction.all('DELETE FROM pins WHERE message = ?', message);
  const body = { kind: 'pin-set', channel, message, by, on } as const;
  await transaction.append({ table: 'channels', id: channel }, body, member);
  return null;
}

/** Told in the member's own stream alone: nobody else learns what one keeps. */
export async function setSaved(
  transaction: LogTransaction,
  { member, message, on }: MutationOf<'set-saved'>,
): Result<'set-saved'> {
  const { channel, deleted_by: deletedBy } = await readableMessage(transaction, member, message);
  const saved = await transaction.all('SELECT message FROM saved_messages WHERE member = ?', member);
  if (on === saved.some((row) => row.message === message)) return null;
  if (on) {
    if (deletedBy !== null) throw new Refusal('message-not-found');
    if (saved.length >= savedLimit) throw new Refusal('too-many-saved', { limit: savedLimit });
    await transaction.all(
      'INSERT INTO saved_messages (member, message, at) VALUES (?, ?, ?)',
      member,
      message,
      transaction.now,
    );
  } else await transaction.all('DELETE FROM saved_messages WHERE member = ? AND message = ?', member, message);
  await transaction.append({ table: 'members', id: member }, { kind: 'saved-set', channel, message, on }, member);
  return null;
}

/** A deleted message is neither pinned nor saved any longer; its deletion tells so. */
export async function letGo(transaction: LogTransaction, message: number): Promise<void> {
  await transaction.all('DELETE FROM pins WHERE message = ?', message);
  await transaction.all('DELETE FROM saved_messages WHERE message = ?', message);
}

/** Who leaves a channel keeps nothing of it. */
export async function forgetSaved(transaction: LogTransaction, member: number, channel: number): Promise<void> {
  await transaction.all(
    'DELETE FROM saved_messages WHERE member = ? AND message IN (SELECT id FROM messages WHERE channel = ?)',
    member,
    channel,
  );
}
