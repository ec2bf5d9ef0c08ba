import type { Channel, JoinedChannel } from '../../../../shared/protocol.ts';

export type ChannelRow = {
  id: number;
  name: string;
  topic: string;
  private: number;
  created_at: number;
  last_number: number;
  head: number;
};

export function channelOf(row: ChannelRow): Channel {
  return { id: row.id, name: row.name, topic: row.topic, private: row.private === 1, createdAt: row.created_at };
}

export function joinedChannelOf(row: ChannelRow & { read_number: number }): JoinedChannel {
  return { ...channelOf(row), lastNumber: row.last_number, readNumber: row.read_number };
}
