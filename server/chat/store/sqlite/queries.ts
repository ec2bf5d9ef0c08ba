import type { ChannelDirectory, Invite, InviteDetails, WorkspaceSnapshot } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { LogRange, Session, Store } from '../store.ts';
import { readJoinedChannels, readSidebar } from './channel-queries.ts';
import { type ChannelRow, channelOf } from './channel-rows.ts';
import type { Connection } from './connection.ts';
import { faultInInvite, type InviteRow } from './invite-mutations.ts';
import { type MemberRow, personOf, roleOf } from './member-rows.ts';
import { readNoticeSettings } from './notice-settings.ts';
import { previousSecretMs } from './session-mutations.ts';

/** Everything here reads through one lent connection in one transaction, so that data and cursor are of one moment. */
export async function readRange(reader: Pick<Connection, 'all'>): Promise<LogRange> {
  const [row] = await reader.all<{ id: string; pruned: number; head: number }>(
    "SELECT id, pruned, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0) AS head FROM log",
  );
  if (row === undefined) throw new Error('The file has no log');
  return { log: row.id, from: row.pruned, head: row.head };
}

export async function readStatus(reader: Connection): ReturnType<Store['status']> {
  const [row] = await reader.all<{ name: string | null }>('SELECT name FROM workspace');
  return row === undefined || row.name === null ? { state: 'set-up-needed' } : { state: 'ready', workspace: row.name };
}

export async function readSession(reader: Connection, secretHash: string, now: number): Promise<Session | undefined> {
  const [row] = await reader.all<SessionRow>(
    `SELECT s.id AS session, s.expires_at, s.renewed_at, s.used_at, s.secret_hash, s.previous_until, m.id, m.name, m.role, m.avatar
     FROM sessions AS s JOIN members AS m ON m.id = s.member
     WHERE (s.secret_hash = ?1 OR (s.previous_hash = ?1 AND s.previous_until > ?2)) AND m.removed_at IS NULL`,
    secretHash,
    now,
  );
  if (row === undefined || row.expires_at <= now) return undefined;
  const unconfirmed = row.previous_until > now + previousSecretMs;
  const isNewest = row.secret_hash === secretHash;
  const isLost = unconfirmed && row.renewed_at + previousSecretMs <= now;
  return {
    id: row.session,
    member: personOf(row),
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    renewedAt: isNewest ? row.renewed_at : isLost ? 0 : undefined,
    unconfirmed: isNewest && unconfirmed,
  };
}

export async function readRole(reader: Connection, member: number): ReturnType<Store['role']> {
  const [row] = await reader.all<{ role: string }>(
    'SELECT role FROM members WHERE id = ? AND removed_at IS NULL',
    member,
  );
  return row === undefined ? undefined : roleOf(row.role);
}

/** Whose session this was, where they have been removed since. */
export async function readRemoved(reader: Connection, secretHash: string): ReturnType<Store['removed']> {
  const [row] = await reader.all<{ member: number }>(
    `SELECT m.id AS member FROM sessions AS s JOIN members AS m ON m.id = s.member
     WHERE (s.secret_hash = ?1 OR s.previous_hash = ?1) AND m.removed_at IS NOT NULL`,
    secretHash,
  );
  return row?.member;
}

type SessionRow = MemberRow & {
  session: number;
  expires_at: number;
  renewed_at: number;
  used_at: number;
  secret_hash: string;
  previous_until: number;
};

export async function readInviteDetails(reader: Connection, code: string, now: number): Promise<InviteDetails> {
  const [row] = await reader.all<InviteRow & { workspace: string; invited_by: string }>(
    `SELECT i.*, w.name AS workspace, m.name AS invited_by
     FROM invites AS i JOIN workspace AS w JOIN members AS m ON m.id = i.created_by WHERE i.code = ?`,
    code,
  );
  if (row === undefined) throw new Refusal('invite-not-found');
  const fault = faultInInvite(row, now);
  if (fault !== undefined) throw fault;
  return { workspace: row.workspace, invitedBy: row.invited_by, guests: row.guests === 1 };
}

export async function readStreams(reader: Connection, member: number): ReturnType<Store['streams']> {
  const range = await readRange(reader);
  const rows = await reader.all<{ stream: string; head: number; since: number }>(
    `SELECT 'workspace' AS stream, head, 0 AS since FROM workspace
     UNION ALL SELECT 'member:' || id, head, 0 FROM members WHERE id = ?
     UNION ALL SELECT 'channel:' || c.id, c.head, m.joined_seq FROM memberships AS m JOIN channels AS c ON c.id = m.channel
     WHERE m.member = ?`,
    member,
    member,
  );
  const heads = Object.fromEntries(rows.map(({ stream, head }) => [stream, head]));
  return { ...range, heads, since: new Map(rows.map((row) => [row.stream, row.since])) };
}

export async function readWorkspace(reader: Connection, member: number): Promise<WorkspaceSnapshot> {
  const { log, head: cursor } = await readRange(reader);
  const [me] = await reader.all<MemberRow>(
    'SELECT id, name, role, avatar FROM members WHERE id = ? AND removed_at IS NULL',
    member,
  );
  const [workspace] = await reader.all<{ name: string | null }>('SELECT name FROM workspace');
  if (me === undefined) throw new Refusal('not-signed-in');
  const { heads } = await readStreams(reader, member);
  return {
    cursor,
    log,
    workspace: { name: workspace?.name ?? '' },
    me: personOf(me),
    channels: await readJoinedChannels(reader, member),
    sidebar: await readSidebar(reader, member),
    notices: await readNoticeSettings(reader, member),
    heads,
  };
}

export async function readDirectory(reader: Connection, member: number): Promise<ChannelDirectory> {
  const { head: cursor } = await readRange(reader);
  const rows = await reader.all<ChannelRow & { members: number; joined: number }>(
    `SELECT c.*, mine.member IS NOT NULL AS joined,
            (SELECT count(*) FROM memberships WHERE channel = c.id) AS members
     FROM channels AS c LEFT JOIN memberships AS mine ON mine.channel = c.id AND mine.member = ?
     WHERE (c.private = 0 OR mine.member IS NOT NULL) AND c.direct_key IS NULL ORDER BY c.folded_name`,
    member,
  );
  const channels = rows.map((row) => ({ ...channelOf(row), members: row.members, joined: row.joined === 1 }));
  return { cursor, channels };
}

export async function readInvites(reader: Connection, member: number, now: number): Promise<Invite[]> {
  const rows = await reader.all<InviteRow>(
    `SELECT * FROM invites WHERE revoked = 0 AND expires_at > ? AND uses < maximum_uses
     AND (SELECT role FROM members WHERE id = ?) IN ('owner', 'admin') ORDER BY id DESC LIMIT 200`,
    now,
    member,
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    guests: row.guests === 1,
    uses: row.uses,
    maximumUses: row.maximum_uses,
    expiresAt: row.expires_at,
    createdBy: row.created_by,
  }));
}
