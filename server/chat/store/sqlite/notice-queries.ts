import { NotificationLevel } from '../../../../shared/protocol.ts';
import type { NoticeKey } from '../mutations.ts';
import type { NoticeListener, NoticeWork } from '../notices.ts';
import type { Connection } from './connection.ts';
import { noticesOf } from './notice-settings.ts';
import { readRange } from './queries.ts';

export async function readNoticeKey(reader: Connection): Promise<NoticeKey | undefined> {
  const [row] = await reader.all<{ public_key: string; private_key: string }>('SELECT * FROM notice_key');
  return row && { publicKey: row.public_key, privateKey: row.private_key };
}

export async function readNoticeWork(reader: Connection, holder: string, now: number): Promise<NoticeWork> {
  const { head } = await readRange(reader);
  const [row] = await reader.all<{ seq: number; devices: number; due_at: number | null; held_until: number | null }>(
    `SELECT seq, EXISTS (SELECT 1 FROM push_devices) AS devices,
       (SELECT min(max(n.due_at, d.paused_until)) FROM due_notices AS n
          JOIN push_devices AS d ON d.id = n.device JOIN sessions AS s ON s.id = d.session AND s.expires_at > ?2) AS due_at,
       (SELECT held_until FROM jobs WHERE name = 'notices' AND holder <> ?1 AND held_until > ?2) AS held_until
     FROM notice_progress`,
    holder,
    now,
  );
  return {
    head,
    seq: row?.seq ?? head,
    devices: row?.devices === 1,
    dueAt: row?.due_at ?? undefined,
    heldUntil: row?.held_until ?? undefined,
  };
}

export type ListenerRow = {
  device: number;
  member: number;
  since: number;
  notices: string | null;
  channel: number;
  level: string;
  muted: number;
  joined_seq: number;
  read_number: number;
  direct: number;
};

export async function readNoticeListeners(
  reader: Connection,
  { channels, threads }: { channels: number[]; threads: number[] },
  now: number,
): Promise<NoticeListener[]> {
  const rows = await reader.all<ListenerRow>(
    `SELECT d.id AS device, d.member, d.since, p.notices, m.channel, m.level, m.muted, m.joined_seq, m.read_number,
       c.direct_key IS NOT NULL AS direct
     FROM push_devices AS d
     JOIN sessions AS s ON s.id = d.session AND s.expires_at > ?2
     JOIN members AS p ON p.id = d.member AND p.removed_at IS NULL
     JOIN json_each(?1) AS one JOIN memberships AS m ON m.member = d.member AND m.channel = one.value
     JOIN channels AS c ON c.id = m.channel`,
    JSON.stringify(channels),
    now,
  );
  const followed = await readFollows(reader, threads);
  return rows.map((row) => listenerOf(row, followed.get(row.member)));
}

/** By member: the threads of these that they follow, and how far they have read them. */
export async function readFollows(reader: Connection, threads: number[]): Promise<Map<number, Map<number, number>>> {
  if (threads.length === 0) return new Map();
  const rows = await reader.all<{ member: number; root: number; read_number: number }>(
    `SELECT f.member, f.root, f.read_number FROM thread_follows AS f
     WHERE f.root IN (SELECT value FROM json_each(?)) AND f.following = 1
       AND f.member IN (SELECT member FROM push_devices)`,
    JSON.stringify(threads),
  );
  return new Map(
    [...Map.groupBy(rows, ({ member }) => member)].map(([member, follows]) => [
      member,
      new Map(follows.map(({ root, read_number }) => [root, read_number])),
    ]),
  );
}

export function listenerOf(row: ListenerRow, threads: Map<number, number> = new Map()): NoticeListener {
  return {
    ...{ device: row.device, member: row.member, channel: row.channel, readNumber: row.read_number, threads },
    since: Math.max(row.since, row.joined_seq),
    level: NotificationLevel.parse(row.level),
    muted: row.muted === 1,
    direct: row.direct === 1,
    settings: noticesOf(row.notices),
  };
}
