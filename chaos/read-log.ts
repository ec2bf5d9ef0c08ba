import { DatabaseSync } from 'node:sqlite';
import { createLogRecord, type LogRecord } from './records/log-record.ts';
import type { StreamNames } from './records/stream-names.ts';

type Row = {
  seq: number;
  stream: string;
  kind: string;
  previous: number;
  author: number | null;
  client_id: string | null;
  channel: number | null;
};

/** The log of a stopped cluster, by another SQLite than the one that wrote it; throws where the file is damaged. */
export function readLog(path: string, names: StreamNames): LogRecord {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const [checked] = database.prepare('PRAGMA quick_check').all() as { quick_check: string }[];
    if (checked?.quick_check !== 'ok') throw new Error(`The file is damaged: ${checked?.quick_check}`);
    const log = createLogRecord(names);
    const rows = database.prepare(
      `SELECT seq, stream, kind, author, payload ->> '$.previous' AS previous,
              CASE kind WHEN 'message-posted' THEN payload ->> '$.message.clientId' END AS client_id,
              CASE kind WHEN 'channel-joined' THEN payload ->> '$.channel.id'
                        WHEN 'channel-left' THEN payload ->> '$.channel' END AS channel
       FROM events ORDER BY seq`,
    );
    for (const row of rows.iterate() as Iterable<Row>) log.add(eventOf(row));
    return log;
  } finally {
    database.close();
  }
}

function eventOf({ seq, stream, kind, previous, author, client_id: clientId, channel }: Row) {
  return {
    ...{ seq, stream, previous },
    ...(clientId === null ? {} : { posted: { author: author ?? 0, clientId } }),
    ...(channel === null ? {} : { membership: { channel, joined: kind === 'channel-joined' } }),
  };
}
