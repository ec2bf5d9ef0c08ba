import { draftsLimit } from '../../../../shared/limits.ts';
import type { Draft } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import type { Connection } from './connection.ts';
import type { LogTransaction } from './log-transaction.ts';

/** The last one who wrote wins. The log says that there is something new, and never what. */
export async function setDraft(
  transaction: LogTransaction,
  { member, channel, thread, text, at }: MutationOf<'set-draft'>,
): Promise<Mutations['set-draft']['result']> {
  const joined = await transaction.all('SELECT 1 FROM memberships WHERE member = ? AND channel = ?', member, channel);
  if (joined.length === 0) throw new Refusal('channel-not-found');
  const [before] = await transaction.all<{ text: string; at: number }>(
    'SELECT text, at FROM drafts WHERE member = ? AND channel = ? AND thread = ?',
    member,
    channel,
    thread ?? 0,
  );
  if (before !== undefined && before.at > at) return { kept: false };
  if (before === undefined && text === '') return { kept: true };
  await transaction.all(
    `INSERT INTO drafts (member, channel, thread, text, at) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT DO UPDATE SET text = ?4, at = ?5`,
    member,
    channel,
    thread ?? 0,
    text,
    at,
  );
  if (before?.text === text) return { kept: true };
  if (before === undefined) await dropOldest(transaction, member);
  const place = thread === undefined ? { channel } : { channel, thread };
  await transaction.append({ table: 'members', id: member }, { kind: 'draft-changed', ...place }, member);
  return { kept: true };
}

async function dropOldest(transaction: LogTransaction, member: number): Promise<void> {
  await transaction.all(
    `DELETE FROM drafts WHERE member = ?1 AND (channel, thread) IN
       (SELECT channel, thread FROM drafts WHERE member = ?1 ORDER BY text = '', at DESC LIMIT -1 OFFSET ?2)`,
    member,
    draftsLimit,
  );
}

/** Who leaves a channel has begun nothing there. */
export async function forgetDrafts(transaction: LogTransaction, member: number, channel: number): Promise<void> {
  await transaction.all('DELETE FROM drafts WHERE member = ? AND channel = ?', member, channel);
}

/** All of them, or the one of a place. */
export async function readDrafts(
  reader: Connection,
  member: number,
  place: { channel: number; thread?: number | undefined } | undefined,
  now: number,
): Promise<Draft[]> {
  const rows = await reader.all<{ channel: number; thread: number; text: string; at: number }>(
    `SELECT channel, thread, text, at FROM drafts
     WHERE member = ?1 AND (?2 IS NULL OR (channel = ?2 AND thread = ?3)) ORDER BY at DESC`,
    member,
    place?.channel ?? null,
    place?.thread ?? 0,
  );
  return rows.map(({ channel, thread, text, at }) => ({
    channel,
    ...(thread === 0 ? {} : { thread }),
    text,
    age: Math.max(0, now - at),
  }));
}
