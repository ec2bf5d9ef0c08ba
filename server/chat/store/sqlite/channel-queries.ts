import { type JoinedChannel, Sidebar } from '../../../../shared/protocol.ts';
import {
  type ChannelRow,
  joinedChannelOf,
  type MembershipRow,
  membershipColumns,
  type ReadRow,
} from './channel-rows.ts';
import type { Connection } from './connection.ts';
import type { MemberRow } from './member-rows.ts';

/** All that I belong to, with what each is to me. */
export async function readJoinedChannels(reader: Connection, member: number): Promise<JoinedChannel[]> {
  const channels = await reader.all<ChannelRow & MembershipRow & ReadRow>(
    `SELECT c.*, ${membershipColumns} FROM memberships AS m JOIN channels AS c ON c.id = m.channel
     WHERE m.member = ? ORDER BY c.folded_name`,
    member,
  );
  const others = await readDirectPeople(reader, member);
  return channels.map((row) => joinedChannelOf(row, others.get(row.id)));
}

/** The others in each of my direct conversations, also those who are no longer here. */
async function readDirectPeople(reader: Connection, member: number): Promise<Map<number, MemberRow[]>> {
  const rows = await reader.all<MemberRow & { channel: number }>(
    `SELECT c.id AS channel, p.id, p.name, p.role, p.avatar, p.removed_at
     FROM memberships AS m JOIN channels AS c ON c.id = m.channel, json_each(c.direct_key) AS one
     JOIN members AS p ON p.id = one.value
     WHERE m.member = ?1 AND c.direct_key IS NOT NULL AND p.id <> ?1 ORDER BY p.id`,
    member,
  );
  return Map.groupBy(rows, ({ channel }) => channel);
}

export async function readSidebar(reader: Connection, member: number): Promise<Sidebar> {
  const [row] = await reader.all<{ sidebar: string | null }>('SELECT sidebar FROM members WHERE id = ?', member);
  if (row === undefined || row.sidebar === null) return { sections: [], collapsed: [], unreadFirst: false };
  return Sidebar.parse(JSON.parse(row.sidebar));
}
