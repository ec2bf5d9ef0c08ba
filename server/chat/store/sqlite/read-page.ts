import type { MessagePage } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { PageQuery } from '../store.ts';
import type { Connection } from './connection.ts';
import { type MessageRow, messageColumns } from './message-rows.ts';
import { readRange } from './queries.ts';
import { wholeMessages } from './whole-messages.ts';

/** Messages next to each other in a channel, oldest first, of one moment with the cursor. */
export async function readPage(reader: Connection, member: number, query: PageQuery): Promise<MessagePage> {
  const { channel } = query;
  const { head: cursor } = await readRange(reader);
  const joined = await reader.all('SELECT 1 FROM memberships WHERE member = ? AND channel = ?', member, channel);
  if (joined.length === 0) throw new Refusal('channel-not-found');

  const { point, older, newer } = await placeOf(reader, query);
  // One more on each side, also where none is wanted, tells whether there is more.
  const before = await readMessages(reader, 'id < ? ORDER BY id DESC', channel, point, older + 1);
  const from = await readMessages(reader, 'id >= ? ORDER BY id', channel, point, newer + 1);
  if (query.around !== undefined && from[0]?.id !== query.around) throw new Refusal('message-not-found');

  const rows = [...before.slice(0, older).reverse(), ...from.slice(0, newer)];
  return {
    cursor,
    ...(await wholeMessages(reader, rows)),
    older: before.length > older,
    newer: from.length > newer,
  };
}

/** The page has so many messages before an id and so many from it on. */
type Place = { point: number; older: number; newer: number };

async function placeOf(reader: Connection, query: PageQuery): Promise<Place> {
  const { channel, before, after, around, aroundNumber, aroundTime, limit } = query;
  if (after !== undefined) return { point: after + 1, older: 0, newer: limit };
  const half = Math.floor(limit / 2);
  const amid = { older: half, newer: limit - half };
  if (around !== undefined) return { point: around, ...amid };
  if (aroundNumber !== undefined) return { point: await seek(reader, 'number', channel, aroundNumber), ...amid };
  if (aroundTime !== undefined) return { point: await seek(reader, 'at', channel, aroundTime), ...amid };
  return { point: before ?? Number.MAX_SAFE_INTEGER, older: limit, newer: 0 };
}

/**
 * The id from which on a channel's messages have that number or time, or a later one. Both grow with the id, so that
 * halving finds it in the index that is there: one more a message would cost every send.
 */
async function seek(reader: Connection, column: 'number' | 'at', channel: number, value: number): Promise<number> {
  const [row] = await reader.all<{ point: number }>(
    `WITH RECURSIVE search (point, step) AS (
       SELECT 0, 1 << 45
       UNION ALL
       SELECT iif(
         (SELECT ${column} FROM messages WHERE channel = ?1 AND number > 0 AND id >= point + step ORDER BY id LIMIT 1) < ?2,
         point + step, point
       ), step >> 1 FROM search WHERE step > 0
     )
     SELECT max(point) + 1 AS point FROM search`,
    channel,
    value,
  );
  return row?.point ?? 0;
}

function readMessages(reader: Connection, where: string, channel: number, id: number, limit: number) {
  return reader.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages WHERE channel = ? AND number > 0 AND ${where} LIMIT ?`,
    channel,
    id,
    limit,
  );
}
