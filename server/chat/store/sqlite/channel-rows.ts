import { type Channel, type JoinedChannel, type Membership, NotificationLevel } from '../../../../shared/protocol.ts';
import { type MemberRow, personOf } from './member-rows.ts';
import { unreadMentions } from './read-mutations.ts';

export type ChannelRow = {
  id: number;
  name: string;
  topic: string;
  description: string;
  private: number;
  direct_key: string | null;
  archived_at: number | null;
  created_at: number;
  last_number: number;
  head: number;
};

export type MembershipRow = {
  owner: number;
  level: string;
  muted: number;
  favourite: number;
  section: string | null;
  closed_number: number | null;
};

/** To be selected of `memberships AS m` beside a channel's own columns. */
export const membershipColumns = `m.owner, m.level, m.muted, m.favourite, m.section, m.closed_number,
  m.read_number, m.read_generation, ${unreadMentions} AS mentions`;

/** How far a member has read, and how many mentions of them lie beyond. */
export type ReadRow = { read_number: number; read_generation: number; mentions: number };

export function channelOf(row: ChannelRow): Channel {
  return {
    id: row.id,
    name: row.name,
    topic: row.topic,
    description: row.description,
    private: row.private === 1,
    direct: row.direct_key !== null,
    archived: row.archived_at !== null,
    createdAt: row.created_at,
  };
}

export function membershipOf(row: MembershipRow): Membership {
  return {
    owner: row.owner === 1,
    level: NotificationLevel.parse(row.level),
    muted: row.muted === 1,
    favourite: row.favourite === 1,
    section: row.section,
    closedNumber: row.closed_number,
  };
}

/** `others` are the people of a direct conversation without the one who looks at it. */
export function joinedChannelOf(row: ChannelRow & MembershipRow & ReadRow, others: MemberRow[] = []): JoinedChannel {
  const people = others.map(personOf);
  const channel = channelOf(row);
  return {
    ...channel,
    name: channel.direct ? people.map(({ name }) => name).join(', ') : channel.name,
    lastNumber: row.last_number,
    readNumber: row.read_number,
    readGeneration: row.read_generation,
    mentions: row.mentions,
    membership: membershipOf(row),
    people,
  };
}
