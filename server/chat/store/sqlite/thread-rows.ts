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

/** Of `thread_follows AS f`: a range of an index, at most one row for each reply. */
export const unreadThreadMentions = `(SELECT count(DISTINCT x.thread_number) FROM mentions AS x
  WHERE x.member IN (0, f.member) AND x.thread = f.root AND x.thread_number > f.read_number AND x.author <> f.member)`;

/** How many unread replies of a thread call a member. */
export async function unreadIn(reader: Pick<Connection, 'all'>, member: number, root: number): Promise<number> {
  const [row] = await reader.all<{ mentions: number }>(
    `SELECT ${unreadThreadMentions} AS mentions FROM thread_follows AS f WHERE f.member = ? AND f.root = ?`,
    member,
    root,
  );
  return row?.mentions ?? 0;
}

export type FollowedRow = Omit<ThreadRow, 'repliers' | 'replies'> & { read_number: number; mentions: number };

export function followedThreadOf(row: FollowedRow): FollowedThread {
  const { root, channel, last_number: lastNumber, last_at: lastAt, read_number: readNumber, mentions } = row;
  return { root, channel, lastNumber, lastAt, readNumber, mentions };
}
