import type { LogEvent, Message, Person, ThreadPage } from '../../../shared/protocol.ts';
import { changedBy } from './conversation.ts';

/** What is loaded of a thread: what is replied to, and the newest replies without a gap. */
export type Thread = {
  cursor: number;
  root: Message;
  messages: readonly Message[];
  people: Readonly<Record<number, Person>>;
  /** There are older ones to ask for. */
  older: boolean;
  following: boolean;
  readNumber: number;
};

export function threadOf({ people, ...page }: ThreadPage): Thread {
  return { ...page, people: Object.fromEntries(people.map((person) => [person.id, person])) };
}

export function applyToThread(me: number, thread: Thread, event: LogEvent): Thread {
  const after = withRoot(changedBy(thread, event), event);
  if (event.seq <= thread.cursor) return after;
  switch (event.kind) {
    case 'message-posted': {
      const { message, author } = event;
      if (message.thread !== thread.root.id) return after;
      const readNumber = author.id === me ? (message.threadNumber ?? 0) : thread.readNumber;
      const people = { ...after.people, [author.id]: author };
      return { ...after, cursor: event.seq, messages: [...after.messages, message], people, readNumber };
    }
    case 'thread-followed':
      if (event.thread.root !== thread.root.id) return after;
      return { ...after, cursor: event.seq, following: true, readNumber: event.thread.readNumber };
    case 'thread-unfollowed':
      return event.root === thread.root.id ? { ...after, cursor: event.seq, following: false } : after;
    case 'thread-read':
      return event.root === thread.root.id ? { ...after, cursor: event.seq, readNumber: event.readNumber } : after;
    default:
      return after;
  }
}

/** The message that is replied to may itself be changed. */
function withRoot(thread: Thread, event: LogEvent): Thread {
  const { messages, people } = changedBy({ messages: [thread.root], people: thread.people }, event);
  const [root = thread.root] = messages;
  return root === thread.root ? thread : { ...thread, root, people };
}
