import type { LogEvent, Message, Person, SearchPage } from '../../../shared/protocol.ts';
import { changedBy } from '../messages/conversation.ts';

/** What a search has found so far, the newest first; `next` asks for what follows. */
export type SearchData = {
  cursor: number;
  messages: Message[];
  people: Record<number, Person>;
  next: number | undefined;
};

export function searchDataOf({ cursor, messages, people, next }: SearchPage): SearchData {
  return { cursor, messages, people: Object.fromEntries(people.map((person) => [person.id, person])), next };
}

/** After an event: what was deleted, or is no longer mine to read, is gone; what is new is found by the next search. */
export function applyToSearch(found: SearchData, event: LogEvent): SearchData {
  const gone = (message: Message) =>
    (event.kind === 'message-deleted' && message.id === event.message) ||
    (event.kind === 'channel-left' && event.seq > found.cursor && message.channel === event.channel);
  const left = found.messages.some(gone) ? { ...found, messages: found.messages.filter((one) => !gone(one)) } : found;
  return changedBy(left, event);
}

export function withMore(found: SearchData, page: SearchData): SearchData {
  const known = new Set(found.messages.map(({ id }) => id));
  return {
    cursor: Math.min(found.cursor, page.cursor),
    messages: [...found.messages, ...page.messages.filter(({ id }) => !known.has(id))],
    people: { ...found.people, ...page.people },
    next: page.next,
  };
}
