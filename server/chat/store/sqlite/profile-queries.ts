import { PersonStatus, type Profile, type StatusList } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { Connection } from './connection.ts';
import { type MemberRow, personOf } from './member-rows.ts';
import { readRange } from './queries.ts';

/** More than this at once nobody looks through; a person's card says theirs all the same. */
const statusesLimit = 1_000;
const minuteMs = 60_000;

type ProfileRow = MemberRow & {
  pronouns: string;
  title: string;
  about: string;
  time_zone: string;
  status: string | null;
  status_until: number | null;
  last_seen_at: number | null;
  last_seen_hidden: number;
};

export async function readProfile(reader: Connection, me: number, member: number, now: number): Promise<Profile> {
  const [row] = await reader.all<ProfileRow>(
    `SELECT id, name, role, avatar, removed_at, pronouns, title, about, time_zone, status, status_until, last_seen_at,
            last_seen_hidden FROM members WHERE id = ?`,
    member,
  );
  if (row === undefined) throw new Refusal('member-not-found');
  const seenAt = row.last_seen_hidden === 1 ? null : row.last_seen_at;
  return {
    person: personOf(row),
    pronouns: row.pronouns,
    title: row.title,
    about: row.about,
    timeZone: row.time_zone,
    status: row.status !== null && !(row.status_until !== null && row.status_until <= now) ? statusOf(row) : null,
    lastSeen: seenAt === null ? null : Math.floor(seenAt / minuteMs) * minuteMs,
    ...(member === me ? { lastSeenHidden: row.last_seen_hidden === 1 } : {}),
  };
}

export async function readStatuses(reader: Connection, now: number): Promise<StatusList> {
  const { head: cursor } = await readRange(reader);
  const rows = await reader.all<{ id: number; status: string | null; status_until: number | null }>(
    `SELECT id, status, status_until FROM members
     WHERE status IS NOT NULL AND (status_until IS NULL OR status_until > ?) ORDER BY id LIMIT ?`,
    now,
    statusesLimit,
  );
  return { cursor, statuses: rows.map((row) => ({ member: row.id, status: statusOf(row) })) };
}

/** Undefined for one that nobody has any more. */
export async function readAvatar(reader: Connection, id: string): Promise<Buffer | undefined> {
  const [row] = await reader.all<{ bytes: Buffer }>('SELECT bytes FROM avatars WHERE id = ?', id);
  return row?.bytes;
}

function statusOf({ status, status_until: until }: Pick<ProfileRow, 'status' | 'status_until'>): PersonStatus {
  const { emoji, text } = PersonStatus.parse(JSON.parse(status ?? ''));
  return { emoji, text, ...(until === null ? {} : { until }) };
}
