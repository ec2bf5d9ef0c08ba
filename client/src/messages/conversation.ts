import type { LogEvent, Message, MessagePage, Person } from '../../../shared/protocol.ts';
import { changedMessage, messageAfter, personIn } from './message-changes.ts';

/** What is loaded of a channel: the newest messages without a gap, back to the first one that was asked for. */
export type Conversation = {
  cursor: number;
  messages: readonly Message[];
  people: Readonly<Record<number, Person>>;
  /** There are older ones to ask for. */
  older: boolean;
};

export function conversationOf({ cursor, messages, people, older }: MessagePage): Conversation {
  return { cursor, messages, people: byId(people), older };
}

/** The page before the first message that is loaded. */
export function withOlder(conversation: Conversation, page: Conversation): Conversation {
  const first = conversation.messages[0]?.id ?? Number.POSITIVE_INFINITY;
  const messages = [...page.messages.filter((message) => message.id < first), ...conversation.messages];
  return { ...conversation, messages, people: { ...page.people, ...conversation.people }, older: page.older };
}

/** A newer snapshot in place of an older one: what was loaded before it stays where the two meet. */
export function withSnapshot(old: Conversation | undefined, fresh: Conversation): Conversation {
  const first = fresh.messages[0]?.id;
  const met = old?.messages.findIndex((message) => message.id === first) ?? -1;
  if (old === undefined || met === -1) return fresh;
  return {
    cursor: fresh.cursor,
    messages: [...old.messages.slice(0, met), ...fresh.messages],
    people: { ...old.people, ...fresh.people },
    older: old.older,
  };
}

/** Keeps the newest `count`, for a conversation that nobody looks at. */
export function newestOf(conversation: Conversation, count: number): Conversation {
  if (conversation.messages.length <= count) return conversation;
  return { ...conversation, messages: conversation.messages.slice(-count), older: true };
}

export function applyToConversation(channel: number, conversation: Conversation, event: LogEvent): Conversation {
  if (event.kind !== 'message-posted') return changedBy(conversation, event);
  if (event.message.channel !== channel || event.seq <= conversation.cursor) return conversation;
  return {
    ...conversation,
    cursor: event.seq,
    messages: [...conversation.messages, event.message],
    people: { ...conversation.people, [event.author.id]: event.author },
  };
}

/** The same messages, as they are after an event. */
export function changedBy(conversation: Conversation, event: LogEvent): Conversation {
  const id = changedMessage(event);
  const index = conversation.messages.findIndex((message) => message.id === id);
  const before = conversation.messages[index];
  const after = before && messageAfter(before, event);
  if (before === undefined || after === undefined || after === before) return conversation;
  const person = personIn(event);
  return {
    ...conversation,
    messages: conversation.messages.with(index, after),
    people: person ? { ...conversation.people, [person.id]: person } : conversation.people,
  };
}

function byId(people: readonly Person[]): Record<number, Person> {
  return Object.fromEntries(people.map((person) => [person.id, person]));
}
