import { Mentions } from '../../../../shared/protocol.ts';
import type { NoticePlace } from '../mutations.ts';
import type { DueNotice, NoticedMessage } from '../notices.ts';
import { attachmentsOf } from './attach-files.ts';
import type { Connection } from './connection.ts';
import type { MessageRow } from './message-rows.ts';
import { type ListenerRow, listenerOf, readFollows } from './notice-queries.ts';
import { noticesOf } from './notice-settings.ts';

/** Withdrawn with one notice. */
const withdrawnAtOnce = 10;

type DueRow = {
  device: number;
  member: number;
  channel: number;
  thread: number;
  messages: string;
  count: number;
  notices: string | null;
  endpoint: string;
  p256dh: string;
  auth: string;
  language: 'en' | 'es';
  failures: number;
  direct_key: string | null;
  name: string | null;
  shown: number | null;
  since: number;
  joined_seq: number | null;
  level: string | null;
  muted: number | null;
  read_number: number | null;
};

/** What is due by now of those who may still be told: the longest due first, and one a device. */
export async function readDueNotices(reader: Connection, now: number, limit: number): Promise<DueNotice[]> {
  const rows = await reader.all<DueRow>(
    `SELECT n.device, n.channel, n.thread, n.messages, n.count, d.member, d.endpoint, d.p256dh, d.auth, d.language,
       d.failures, d.since, p.notices, c.name, c.direct_key, x.message AS shown,
       m.joined_seq, m.level, m.muted, m.read_number, min(n.due_at)
     FROM due_notices AS n JOIN push_devices AS d ON d.id = n.device
     JOIN sessions AS s ON s.id = d.session AND s.expires_at > ?1
     JOIN members AS p ON p.id = d.member AND p.removed_at IS NULL
     LEFT JOIN memberships AS m ON m.member = d.member AND m.channel = n.channel
     LEFT JOIN channels AS c ON c.id = n.channel
     LEFT JOIN shown_notices AS x ON x.device = n.device AND x.channel = n.channel AND x.thread = n.thread
     WHERE n.due_at <= ?1 AND d.paused_until <= ?1
     -- With min() the other columns are those of the row that has it.
     GROUP BY n.device ORDER BY min(n.due_at) LIMIT ?2`,
    now,
    limit,
  );
  const ids = rows.flatMap(({ messages }) => JSON.parse(messages) as number[]);
  const messages = await readNoticed(reader, ids);
  const follows = await readFollows(
    reader,
    rows.map(({ thread }) => thread),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { device, channel, thread, member, endpoint, p256dh, auth, language } = row;
      const noticed = JSON.parse(row.messages) as number[];
      const found = noticed.flatMap((id) => messages.get(id) ?? []);
      const standing =
        row.level === null ? undefined : ({ ...row, direct: row.direct_key === null ? 0 : 1 } as ListenerRow);
      const people = row.direct_key === null ? [] : (JSON.parse(row.direct_key) as number[]);
      return {
        ...{ device, channel, thread, message: noticed.at(-1) ?? 0, count: row.count, messages: found },
        subscription: { endpoint, p256dh, auth, language },
        failures: row.failures,
        settings: noticesOf(row.notices),
        listener: standing && listenerOf(standing, follows.get(member)),
        placeName: people.length === 0 ? (row.name ?? '') : await namesOf(reader, people, member),
        people: people.length,
        shown: row.shown ?? 0,
        withdrawn: await readWithdrawn(reader, device),
      };
    }),
  );
}

async function readNoticed(reader: Connection, ids: number[]): Promise<Map<number, NoticedMessage>> {
  const rows = await reader.all<MessageRow & { author_name: string }>(
    `SELECT m.id, m.number, m.author, m.text, m.mentions, m.deleted_by, m.thread, m.thread_number, a.name AS author_name
     FROM messages AS m JOIN members AS a ON a.id = m.author WHERE m.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  const attachments = await attachmentsOf(reader, ids);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...{ id: row.id, number: row.number, author: row.author, text: row.text, authorName: row.author_name },
        ...(row.mentions === null ? {} : { mentions: Mentions.parse(JSON.parse(row.mentions)) }),
        ...(row.deleted_by === null ? {} : { deletedBy: row.deleted_by }),
        ...(attachments.has(row.id) && { attachments: attachments.get(row.id) }),
        ...(row.thread === null ? {} : { thread: row.thread, threadNumber: row.thread_number ?? 0 }),
      },
    ]),
  );
}

async function namesOf(reader: Connection, people: number[], member: number): Promise<string> {
  const rows = await reader.all<{ name: string }>(
    'SELECT name FROM members WHERE id IN (SELECT value FROM json_each(?)) AND id <> ? ORDER BY id',
    JSON.stringify(people),
    member,
  );
  return rows.map(({ name }) => name).join(', ');
}

/** What a device still shows of what was read elsewhere, was deleted, or isn't its owner's to see any more. */
function readWithdrawn(reader: Connection, device: number): Promise<NoticePlace[]> {
  return reader.all<NoticePlace>(
    `SELECT x.channel, x.thread, x.message FROM shown_notices AS x JOIN push_devices AS d ON d.id = x.device
     LEFT JOIN messages AS g ON g.id = x.message
     LEFT JOIN memberships AS m ON m.member = d.member AND m.channel = x.channel
     LEFT JOIN thread_follows AS f ON f.member = d.member AND f.root = x.thread
     WHERE x.device = ?1 AND (m.member IS NULL OR g.id IS NULL OR g.deleted_by IS NOT NULL
       OR CASE x.thread WHEN 0 THEN g.number <= m.read_number ELSE g.thread_number <= f.read_number END)
     LIMIT ?2`,
    device,
    withdrawnAtOnce,
  );
}
