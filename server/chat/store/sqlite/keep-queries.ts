import type { PinList, SavedList, SingleMessage } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { Connection } from './connection.ts';
import { readableMessage } from './message-access.ts';
import { readRange } from './queries.ts';
import { wholeMessages } from './whole-messages.ts';

/** One message by itself, for who may read it. */
export async function readMessage(reader: Connection, member: number, id: number): Promise<SingleMessage> {
  const { head: cursor } = await readRange(reader);
  const { messages, people } = await wholeMessages(reader, [await readableMessage(reader, member, id)]);
  const [message] = messages;
  if (message === undefined) throw new Refusal('message-not-found');
  return { cursor, message, people };
}

/** The last pinned first. */
export async function readPins(reader: Connection, member: number, channel: number): Promise<PinList> {
  const { head: cursor } = await readRange(reader);
  const joined = await reader.all('SELECT 1 FROM memberships WHERE member = ? AND channel = ?', member, channel);
  if (joined.length === 0) throw new Refusal('channel-not-found');
  const rows = await reader.all<{ message: number; at: number; id: number; name: string }>(
    `SELECT p.message, p.at, m.id, m.name FROM pins AS p JOIN members AS m ON m.id = p.pinned_by
     WHERE p.channel = ? ORDER BY p.at DESC, p.message DESC`,
    channel,
  );
  return { cursor, pins: rows.map(({ message, at, id, name }) => ({ message, at, by: { id, name } })) };
}

/** What I saved, the last first. */
export async function readSaved(reader: Connection, member: number): Promise<SavedList> {
  const { head: cursor } = await readRange(reader);
  const saved = await reader.all<{ message: number; channel: number; at: number }>(
    `SELECT s.message, m.channel, s.at FROM saved_messages AS s JOIN messages AS m ON m.id = s.message
     JOIN memberships AS mine ON mine.channel = m.channel AND mine.member = s.member
     WHERE s.member = ? ORDER BY s.at DESC, s.message DESC`,
    member,
  );
  return { cursor, saved };
}
