import type { LogEvent, Message, MessagePage, Person } from '../../../shared/protocol.ts';
import { changedMessages, messageAfter, peopleIn } from './message-changes.ts';

/** Messages of a channel that follow each other without a gap. */
export type Conversation = {
  cursor: number;
  messages: readonly Message[];
  people: Readonly<Record<number, Person>>;
  /** There are older ones to ask for. */
  older: boolean;
  /** There are newer ones to ask for: what is posted goes on where those end, not here. */
  newer: boolean;
};

export function conversationOf({ people, ...page }: MessagePage): Conversation {
  return { ...page, people: byId(people) };
}

/** Two stretches of a channel or a thread become one, where the later goes on from within or right after the earlier. */
export function withOlder<Stretch extends Pick<Conversation, 'messages' | 'people' | 'older'>>(
  later: Stretch,
  earlier: Stretch,
): Stretch {
  const first = later.messages[0]?.id ?? Number.POSITIVE_INFINITY;
  return {
    ...later,
    messages: [...earlier.messages.filter(({ id }) => id < first), ...later.messages],
    people: { ...earlier.people, ...later.people },
    older: earlier.older,
  };
}

export function withNewer(earlier: Conversation, later: Conversation): Conversation {
  const last = earlier.messages.at(-1)?.id ?? 0;
  return {
    ...earlier,
    messages: [...earlier.messages, ...later.messages.filter(({ id }) => id > last)],
    people: { ...earlier.people, ...later.people },
    newer: later.newer,
  };
}

/** One conversation up to the newest message, where an excerpt reaches what is loaded of the newest. */
export function joined(excerpt: Conversation, newest: Conversation | undefined): Conversation | undefined {
  if (newest === undefined) return excerpt.newer ? undefined : excerpt;
  const last = excerpt.messages.at(-1)?.id ?? 0;
  const first = newest.messages[0]?.id ?? 0;
  if (excerpt.newer && last < first) return undefined;
  return { ...withNewer(excerpt, newest), cursor: newest.cursor };
}

/** Cuts what is farthest from the newest. */
export function newestOf(conversation: Conversation, count: number): Conversation {
  if (conversation.messages.length <= count) return conversation;
  return { ...conversation, messages: conversation.messages.slice(-count), older: true };
}

/** Cuts what is farthest from the oldest; from there on it is an excerpt. */
export function oldestOf(conversation: Conversation, count: number): Conversation {
  if (conversation.messages.length <= count) return conversation;
  return { ...conversation, messages: conversation.messages.slice(0, count), newer: true };
}

export function applyToConversation(channel: number, conversation: Conversation, event: LogEvent): Conversation {
  const changed = changedBy(conversation, event);
  if (event.kind !== 'message-posted' || event.message.channel !== channel || conversation.newer) return changed;
  // A page may be ahead of the stream: it has the message already.
  if (event.seq <= conversation.cursor || event.seq <= (conversation.messages.at(-1)?.id ?? 0)) return changed;
  // A reply without a number is in its thread alone.
  if (event.message.number === 0) return changed;
  return {
    ...changed,
    cursor: event.seq,
    messages: [...changed.messages, event.message],
    people: { ...changed.people, ...byId(peopleIn(event)) },
  };
}

type Changeable = Pick<Conversation, 'messages' | 'people'>;

/** The same messages, as they are after an event. */
export function changedBy<T extends Changeable>(conversation: T, event: LogEvent): T {
  if (event.kind === 'member-changed') {
    const { member } = event;
    if (conversation.people[member.id] === undefined) return conversation;
    return { ...conversation, people: { ...conversation.people, [member.id]: member } };
  }
  let { messages } = conversation;
  for (const id of changedMessages(event)) {
    const index = messages.findIndex((message) => message.id === id);
    const before = messages[index];
    const after = before && messageAfter(before, event);
    if (after !== undefined && after !== before) messages = messages.with(index, after);
  }
  if (messages === conversation.messages) return conversation;
  return { ...conversation, messages, people: { ...conversation.people, ...byId(peopleIn(event)) } };
}

function byId(people: readonly Person[]): Record<number, Person> {
  return Object.fromEntries(people.map((person) => [person.id, person]));
}
