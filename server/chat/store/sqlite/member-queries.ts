import type { PeoplePage, SearchMembers } from '../../../../shared/protocol.ts';
import { foldName } from '../../../../shared/text-rules.ts';
import { Refusal } from '../../refusal.ts';
import type { Connection } from './connection.ts';
import { type MemberRow, personOf } from './member-rows.ts';

type FoundRow = MemberRow & { folded_name: string; owner: number | null };

/** Never more than a page, however many there are; who may not see the channel is told that there is none. */
export async function readPeople(
  reader: Connection,
  member: number,
  { query, channel, after, limit }: SearchMembers,
): Promise<PeoplePage> {
  if (channel !== undefined) await requireSight(reader, member, channel);
  const begins = foldName(query).replace(/[\\%_]/g, '\\$&');
  const found = `FROM members AS m WHERE m.removed_at IS NULL AND m.lab = 0 AND (m.folded_name LIKE ?1 ESCAPE '\\' OR m.folded_name LIKE ?2 ESCAPE '\\')
    AND (?3 IS NULL OR EXISTS (SELECT 1 FROM memberships WHERE member = m.id AND channel = ?3))`;
  const filter = [`${begins}%`, `% ${begins}%`, channel ?? null] as const;
  const rows = await reader.all<FoundRow>(
    `SELECT m.id, m.name, m.role, m.avatar, m.folded_name,
            (SELECT owner FROM memberships WHERE member = m.id AND channel = ?3) AS owner
     ${found} AND m.folded_name > ?4 ORDER BY m.folded_name LIMIT ?5`,
    ...filter,
    after ?? '',
    limit + 1,
  );
  const [counted] = await reader.all<{ total: number }>(`SELECT count(*) AS total ${found}`, ...filter);
  const page = rows.slice(0, limit);
  return {
    people: page.map((row) => ({ ...personOf(row), owner: row.owner === 1 })),
    total: counted?.total ?? 0,
    next: rows.length > limit ? page.at(-1)?.folded_name : undefined,
  };
}

async function requireSight(reader: Connection, member: number, channel: number): Promise<void> {
  const seen = await reader.all(
    `SELECT 1 FROM channels AS c WHERE c.id = ?1
     AND (c.private = 0 OR EXISTS (SELECT 1 FROM memberships WHERE channel = ?1 AND member = ?2))`,
    channel,
    member,
  );
  if (seen.length === 0) throw new Refusal('channel-not-found');
}
