import type { FollowedThread } from '../../../../shared/protocol.ts';
import type { Connection } from './connection.ts';

export type ThreadRow = {
  root: number;
  channel: number;
  replies: number;
  last_number: number;
  last_at: number;
  repliers: string;
};

export async function threadRow(reader: Pick<Connection, 'all'>, root: number): Promise<ThreadRow | undefined> {
  const [row] = await reader.all<ThreadRow>('SELECT * FROM threads WHERE root = ?', root);
  return row;
}

export function followedThreadOf(row: Omit<ThreadRow, 'repliers' | 'replies'>, readNumber: number): FollowedThread {
  return { root: row.root, channel: row.channel, lastNumber: row.last_number, lastAt: row.last_at, readNumber };
}
