import type { LinkPreview, Message, Person, Reaction } from '../../../../shared/protocol.ts';
import { attachmentsOf } from './attach-files.ts';
import type { Connection } from './connection.ts';
import { type MemberRow, personOf } from './member-rows.ts';
import { type MessageRow, messageOf } from './message-rows.ts';

/** The messages with what belongs to them, and everyone whom they name. */
export async function wholeMessages(
  reader: Connection,
  rows: MessageRow[],
): Promise<{ messages: Message[]; people: Person[] }> {
  const reacted = await reader.all<Reaction & { message: number }>(
    'SELECT message, emoji, member FROM reactions WHERE message IN (SELECT value FROM json_each(?)) ORDER BY seq',
    JSON.stringify(rows.map(({ id }) => id)),
  );
  const reactions = Map.groupBy(reacted, ({ message }) => message);
  const replies = await repliesTo(reader, rows);
  const previews = await previewsOf(reader, rows);
  const attachments = await attachmentsOf(
    reader,
    rows.map(({ id }) => id),
  );
  const messages = rows.map((row) => {
    const set = reactions.get(row.id)?.map(({ emoji, member }) => ({ emoji, member }));
    return messageOf(row, {
      reactions: set,
      replies: replies.get(row.id),
      preview: previews.get(row.id),
      attachments: attachments.get(row.id),
    });
  });
  const named = new Set([
    ...rows.map(({ author }) => author),
    ...reacted.map(({ member }) => member),
    ...[...replies.values()].flatMap(({ members }) => members),
  ]);
  for (const { mentions } of messages) for (const { member } of mentions?.people ?? []) named.add(member);
  const people = await reader.all<MemberRow>(
    'SELECT id, name, role, avatar, removed_at FROM members WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...named]),
  );
  return { messages, people: people.map(personOf) };
}

async function previewsOf(reader: Connection, rows: MessageRow[]): Promise<Map<number, LinkPreview>> {
  const shown = await reader.all<Required<LinkPreview> & { message: number }>(
    `SELECT message, url, title, description, site FROM previews
     WHERE message IN (SELECT value FROM json_each(?)) AND state = 'shown'`,
    JSON.stringify(rows.map(({ id }) => id)),
  );
  return new Map(
    shown.map(({ message, url, title, description, site }) => [
      message,
      { url, title, ...(description === '' ? {} : { description }), ...(site === '' ? {} : { site }) },
    ]),
  );
}

async function repliesTo(
  reader: Connection,
  rows: MessageRow[],
): Promise<Map<number, NonNullable<Message['replies']>>> {
  const threads = await reader.all<{ root: number; replies: number; last_at: number; repliers: string }>(
    `SELECT root, replies, last_at, repliers FROM threads
     WHERE root IN (SELECT value FROM json_each(?)) AND last_number > 0`,
    JSON.stringify(rows.map(({ id }) => id)),
  );
  return new Map(
    threads.map(({ root, replies: count, last_at: lastAt, repliers }) => [
      root,
      { count, lastAt, members: JSON.parse(repliers) as number[] },
    ]),
  );
}
