import type { MentionsPage } from '../../../../shared/protocol.ts';
import type { MentionsQuery } from '../store.ts';
import type { Connection } from './connection.ts';
import { type MessageRow, messageColumns } from './message-rows.ts';
import { wholeMessages } from './whole-messages.ts';

/** What mentions a member, newest first, in the channels that they are in now. */
export async function readMentions(
  reader: Connection,
  member: number,
  { before = Number.MAX_SAFE_INTEGER, limit }: MentionsQuery,
): Promise<MentionsPage> {
  const newest = (under: string) =>
    `SELECT * FROM (SELECT x.message FROM mentions AS x JOIN memberships AS s ON s.member = ?1 AND s.channel = x.channel
       JOIN messages AS m ON m.id = x.message AND m.deleted_by IS NULL
     WHERE x.member = ${under} AND x.message < ?2 AND x.author <> ?1 AND x.message > s.joined_seq
     ORDER BY x.message DESC LIMIT ?3)`;
  const rows = await reader.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages
     WHERE id IN (${newest('?1')} UNION ${newest('0')}) ORDER BY id DESC LIMIT ?3`,
    member,
    before,
    limit + 1,
  );
  return { ...(await wholeMessages(reader, rows.slice(0, limit))), older: rows.length > limit };
}
