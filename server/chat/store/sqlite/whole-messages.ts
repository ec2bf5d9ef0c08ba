import { Attachment } from '../../../../shared/attachment.ts';
import type { LinkPreview, Message, Person, Reaction } from '../../../../shared/protocol.ts';
import type { Connection } from './connection.ts';
import { type MemberRow, personOf } from './member-rows.ts';
import { type MessageRow, messageOf } from './message-rows.ts';

type Belongings = Partial<Pick<Message, 'reactions' | 'replies' | 'preview' | 'attachments'>>;

/** The messages with what belongs to them, and everyone whom they name. */
export async function wholeMessages(
  reader: Connection,
  rows: MessageRow[],
): Promise<{ messages: Message[]; people: Person[] }> {
  const belongings = await belongingsOf(reader, rows);
  const messages = rows.map((row) => messageOf(row, { ...nothing, ...belongings.get(row.id) }));
  const named = new Set(rows.map(({ author }) => author));
  for (const { reactions = [], replies, mentions } of messages) {
    for (const { member } of reactions) named.add(member);
    for (const member of replies?.members ?? []) named.add(member);
    for (const { member } of mentions?.people ?? []) named.add(member);
  }
  const people = await reader.all<MemberRow>(
    'SELECT id, name, role, avatar, removed_at FROM members WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...named]),
  );
  return { messages, people: people.map(personOf) };
}

const nothing = { reactions: undefined, replies: undefined, preview: undefined, attachments: undefined };

type Belonging = { kind: 'reaction' | 'thread' | 'preview' | 'attachment'; message: number; value: string };

/** All four in one statement: every further one waits for a thread, twice as long as most of them take. */
async function belongingsOf(reader: Connection, rows: MessageRow[]): Promise<Map<number, Belongings>> {
  const found = await reader.all<Belonging>(
    `WITH wanted AS MATERIALIZED (SELECT value AS id FROM json_each(?))
     SELECT 'reaction' AS kind, message, seq AS place, json_object('emoji', emoji, 'member', member) AS value
     FROM reactions WHERE message IN (SELECT id FROM wanted)
     UNION ALL
     SELECT 'thread', root, 0, json_object('count', replies, 'lastAt', last_at, 'members', json(repliers))
     FROM threads WHERE root IN (SELECT id FROM wanted) AND last_number > 0
     UNION ALL
     SELECT 'preview', message, 0,
            json_object('url', url, 'title', title, 'description', description, 'site', site)
     FROM previews WHERE message IN (SELECT id FROM wanted) AND state = 'shown'
     UNION ALL
     SELECT 'attachment', a.message, a.position, f.attachment
     FROM attachments AS a JOIN files AS f ON f.id = a.file WHERE a.message IN (SELECT id FROM wanted)
     ORDER BY place`,
    JSON.stringify(rows.map(({ id }) => id)),
  );
  const belongings = new Map<number, Belongings>();
  for (const { kind, message, value } of found) {
    const known = belongings.get(message) ?? {};
    const parsed: unknown = JSON.parse(value);
    belongings.set(message, {
      ...known,
      ...(kind === 'reaction' && { reactions: [...(known.reactions ?? []), parsed as Reaction] }),
      ...(kind === 'attachment' && { attachments: [...(known.attachments ?? []), Attachment.parse(parsed)] }),
      ...(kind === 'thread' && { replies: parsed as NonNullable<Message['replies']> }),
      ...(kind === 'preview' && { preview: previewOf(parsed as Required<LinkPreview>) }),
    });
  }
  return belongings;
}

function previewOf({ url, title, description, site }: Required<LinkPreview>): LinkPreview {
  return { url, title, ...(description === '' ? {} : { description }), ...(site === '' ? {} : { site }) };
}
