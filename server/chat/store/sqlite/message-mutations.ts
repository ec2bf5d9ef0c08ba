import { mentionSpots } from '../../../../shared/mentions.ts';
import { Mentions } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { attachmentsOf } from './attach-files.ts';
import { detachFiles } from './file-removals.ts';
import { letGo } from './keep-mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { changeableMessage, type FoundMessage, readableMessage } from './message-access.ts';
import { type FoundMentions, forgetMentions, mentionsIn, readMentionable } from './message-mentions.ts';
import { forgetPreviews, outdatePreview } from './preview-mutations.ts';
import { refreshSearch } from './search-index.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export async function editMessage(
  transaction: LogTransaction,
  { member, message, text }: MutationOf<'edit-message'>,
): Result<'edit-message'> {
  const before = await changeableMessage(transaction, member, message);
  if (before.author !== member) throw new Refusal('not-allowed');
  if (before.text === text) return null;
  const carried = await attachmentsOf(transaction, [message]);
  if (text.trim() === '' && !carried.has(message)) throw new Refusal('message-empty');
  await transaction.all(
    'INSERT INTO message_versions (message, seq, text, at) VALUES (?, ?, ?, ?)',
    message,
    before.edited_seq ?? message,
    before.text,
    before.edited_at ?? before.at,
  );
  const emptied = await outdatePreview(transaction, message);
  const { channel } = before;
  const mentioning = { channel, spots: mentionSpots(text), online: [] };
  const found = mentionsIn(mentioning, await readMentionable(transaction, [mentioning]));
  const mentions = mentionsAfterEdit(before.mentions, found);
  const mentioned = found !== undefined && mentions !== undefined ? { mentioned: found.people } : {};
  const body = {
    kind: 'message-edited',
    ...{ channel, message, text },
    ...(mentions && { mentions }),
    ...mentioned,
    ...(emptied.length > 0 && { emptied }),
    ...(await forgetMentions(transaction, before, mentions)),
  } as const;
  const seq = await transaction.append({ table: 'channels', id: channel }, body, member);
  await transaction.all(
    'UPDATE messages SET text = ?1, edited_seq = ?2, changed_seq = ?2, edited_at = ?3, mentions = ?5 WHERE id = ?4',
    text,
    seq,
    transaction.now,
    message,
    mentions === undefined ? null : JSON.stringify(mentions),
  );
  await refreshSearch(transaction, message);
  return null;
}

/** The row stays with its number and the hash of its request: a repeat of the send still finds its first answer. */
export async function deleteMessage(
  transaction: LogTransaction,
  { member, message }: MutationOf<'delete-message'>,
): Result<'delete-message'> {
  const before = await readableMessage(transaction, member, message);
  const { role } = await personById(transaction, member);
  if (before.author !== member && role !== 'owner' && role !== 'admin') throw new Refusal('not-allowed');
  if (before.deleted_by === null) await emptyMessage(transaction, before, member);
  return null;
}

/** Of its text nothing is left, neither here nor in the log; whoever asks for it has the right to. */
export async function emptyMessage(transaction: LogTransaction, before: FoundMessage, member: number): Promise<void> {
  const message = before.id;
  const versions = await transaction.all<{ seq: number }>(
    'DELETE FROM message_versions WHERE message = ? RETURNING seq',
    message,
  );
  const previewed = await forgetPreviews(transaction, message);
  const texts = [message, ...versions.map(({ seq }) => seq), before.edited_seq ?? message];
  const emptied = [...new Set([...texts, ...previewed])];
  await transaction.all('DELETE FROM reactions WHERE message = ?', message);
  await letGo(transaction, message);
  await detachFiles(transaction, message);
  await transaction.all(
    `UPDATE events SET payload = CASE kind WHEN 'message-posted' THEN json_set(json_remove(payload, '$.message.mentions', '$.message.attachments', '$.mentioned'), '$.message.text', '')
                                           WHEN 'message-previewed' THEN json_set(payload, '$.preview', json('null'))
                                           ELSE json_set(json_remove(payload, '$.mentions', '$.mentioned'), '$.text', '') END
     WHERE seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(emptied),
  );
  const { channel, thread } = before;
  const body = {
    kind: 'message-deleted',
    ...{ channel, message, by: member, emptied },
    ...(thread !== null && { thread }),
    ...(await forgetMentions(transaction, before)),
  } as const;
  const seq = await transaction.append({ table: 'channels', id: channel }, body, member);
  await transaction.all(
    `UPDATE messages SET text = '', mentions = NULL, edited_seq = NULL, edited_at = NULL, deleted_by = ?, changed_seq = ? WHERE id = ?`,
    member,
    seq,
    message,
  );
  await refreshSearch(transaction, message);
  if (thread !== null) {
    await transaction.all('UPDATE threads SET replies = replies - 1 WHERE root = ?', thread);
    await transaction.all('UPDATE messages SET changed_seq = ? WHERE id = ?', seq, thread);
  }
}

/** An edit names people for all to see, but calls nobody again: who was called together stays so while the words stand. */
function mentionsAfterEdit(before: string | null, found: FoundMentions | undefined): Mentions | undefined {
  if (found === undefined) return undefined;
  const old = before === null ? undefined : Mentions.parse(JSON.parse(before));
  const { people, channel, here } = found.mentions;
  const mentions = {
    people,
    ...(channel && old?.channel ? { channel } : {}),
    ...(here && old?.here ? { here: old.here } : {}),
  };
  return people.length === 0 && Object.keys(mentions).length === 1 ? undefined : mentions;
}
