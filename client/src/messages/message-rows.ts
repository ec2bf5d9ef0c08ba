import type { Message, Person } from '../../../shared/protocol.ts';
import { startOfDay } from '../language/formats.ts';
import type { Conversation } from './conversation.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { isChangeOnly, textAfter } from './outbox-changes.ts';
import { messageWith, wishesOf, wishShown } from './wishes.ts';

const groupForMs = 5 * 60_000;

/** A message as it stands on the screen, in the log or still on its way. Its key stays the same from one to the other. */
export type MessageRow = {
  key: string;
  author: Person;
  text: string;
  at: number;
  message: Message | undefined;
  entry: OutboxEntry | undefined;
  /** Shows its author: the first of a row by the same one within five minutes. */
  startsGroup: boolean;
  /** The line "new" stands above it. */
  startsUnread: boolean;
};

export type DayOfRows = { day: number; rows: MessageRow[] };

type Shown = {
  conversation: Conversation;
  range: { start: number; end: number };
  /** Of this channel; empty where the newest messages aren't shown. */
  waiting: Outbox;
  me: Person;
  /** The message above which the line "new" stands. */
  unreadId: number | undefined;
  unknownAuthor: string;
};

export function messageRows({ conversation, range, waiting, me, unreadId, unknownAuthor }: Shown): DayOfRows[] {
  const { messages, people } = conversation;
  const mine = new Set(messages.slice(-200).flatMap(({ author, clientId }) => (author === me.id ? [clientId] : [])));
  const days: DayOfRows[] = [];
  let previous = messages[range.start - 1] && bare(messages[range.start - 1]);

  const add = (row: Omit<MessageRow, 'startsGroup' | 'startsUnread'>) => {
    const startsUnread = row.message !== undefined && row.message.id === unreadId;
    const day = startOfDay(row.at);
    const startsGroup =
      startsUnread ||
      previous === undefined ||
      previous.author !== row.author.id ||
      row.at - previous.at >= groupForMs ||
      startOfDay(previous.at) !== day;
    const last = days.at(-1);
    // A clock that ran behind doesn't reopen a day that has passed.
    if (last === undefined || day > last.day) days.push({ day, rows: [] });
    days.at(-1)?.rows.push({ ...row, startsGroup, startsUnread });
    previous = { author: row.author.id, at: row.at };
  };

  const wishes = wishesOf(waiting);
  for (const logged of messages.slice(range.start, range.end)) {
    const wished = wishes.get(logged.id);
    const message = wished ? messageWith(logged, wished, me.id) : logged;
    // What was replied to keeps its place.
    if (message.deletedBy !== undefined && !message.replies?.count) continue;
    const author = people[message.author] ?? { id: message.author, name: unknownAuthor, role: 'member' };
    add({
      key: `${author.id}:${message.clientId}`,
      author,
      text: message.text,
      at: message.at,
      message,
      entry: wished && wishShown(wished),
    });
  }
  for (const entry of waiting) {
    const text = textAfter(entry);
    // A change of a message in the log has none of its own, and one that will be deleted is gone already.
    if (mine.has(entry.clientId) || text === undefined || isChangeOnly(entry)) continue;
    add({ key: `${me.id}:${entry.clientId}`, author: me, text, at: entry.at, message: undefined, entry });
  }
  return days;
}

/** What comes after this order waits for one that was refused. */
export function heldAfter(waiting: Outbox): number {
  const refused = waiting.find(({ state, posted }) => state.kind === 'failed' && posted === undefined);
  return refused?.order ?? Number.POSITIVE_INFINITY;
}

/** What keeps it from being sent now, if anything does. */
export type Waits = 'above' | 'connection' | undefined;

export function waitsFor(entry: OutboxEntry | undefined, held: number, online: boolean): Waits {
  if (entry === undefined) return undefined;
  return entry.order > held ? 'above' : online ? undefined : 'connection';
}

/** Your own message never makes the line. `numberOf`: its place in the channel, or in its thread. */
export function firstUnread(
  messages: readonly Message[],
  me: number,
  readNumber: number | undefined,
  numberOf = ({ number }: Message) => number,
): number | undefined {
  const [first] = messages;
  if (readNumber === undefined || first === undefined) return undefined;
  // Where what comes before isn't loaded, the true first one isn't either.
  if (numberOf(first) > readNumber + 1) return undefined;
  return messages.find(
    (message) => numberOf(message) > readNumber && message.author !== me && message.deletedBy === undefined,
  )?.id;
}

function bare(message: Message | undefined): { author: number; at: number } | undefined {
  return message && { author: message.author, at: message.at };
}
