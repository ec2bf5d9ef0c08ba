import type { LogEvent, LogStretch } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { StretchQuery } from '../store.ts';
import type { Connection } from './connection.ts';
import { readRange } from './queries.ts';

/** Seqs that one stretch looks through at most: there is no index by stream, which every write would have to pay for. */
const span = 20_000;

/** A channel's events as the log has them now, for whoever may read its messages: of what was deleted nothing is left. */
export async function readStretch(
  reader: Connection,
  member: number,
  { channel, after, limit }: StretchQuery,
): Promise<LogStretch> {
  const { from, head } = await readRange(reader);
  const joined = await reader.all('SELECT 1 FROM memberships WHERE member = ? AND channel = ?', member, channel);
  if (joined.length === 0) throw new Refusal('channel-not-found');
  const start = Math.max(after, from);
  const rows = await reader.all<{ seq: number; payload: string }>(
    'SELECT seq, payload FROM events WHERE seq > ? AND seq <= ? AND stream = ? ORDER BY seq LIMIT ?',
    start,
    start + span,
    `channel:${channel}`,
    limit,
  );
  const last = rows.length === limit ? rows.at(-1)?.seq : undefined;
  return {
    events: rows.map(({ payload }) => JSON.parse(payload) as LogEvent),
    from: start,
    to: last ?? Math.min(head, start + span),
    head,
  };
}
