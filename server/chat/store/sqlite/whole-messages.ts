import type { Message, Person, Reaction } from '../../../../shared/protocol.ts';
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
  const messages = rows.map((row) =>
    messageOf(
      row,
      reactions.get(row.id)?.map(({ emoji, member }) => ({ emoji, member })),
    ),
  );
  const named = new Set([...rows.map(({ author }) => author), ...reacted.map(({ member }) => member)]);
  const people = await reader.all<MemberRow>(
    'SELECT id, name, role FROM members WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...named]),
  );
  return { messages, people: people.map(personOf) };
}
