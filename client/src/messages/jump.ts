import type { Conversation } from './conversation.ts';

/** Where to land. A new object asks for a new jump. */
export type Jump =
  | { to: 'end' }
  /** The line above what is unread, or the end. */
  | { to: 'unread' }
  /** In the middle, marked as what one came for. */
  | { to: 'message'; id: number }
  /** At the top, below its day or line. */
  | { to: 'first'; id: number };

/** What somebody can ask to be taken to. */
export type Target = { message: number } | { time: number } | { number: number };

/** The jump to what was asked for, where it is loaded. */
export function jumpWithin({ messages, older, newer }: Conversation, target: Target): Jump | undefined {
  if ('message' in target)
    return messages.some(({ id }) => id === target.message) ? { to: 'message', id: target.message } : undefined;
  const index = messages.findIndex((message) =>
    'time' in target ? message.at >= target.time : message.number >= target.number,
  );
  const found = messages[index];
  // The first one that is loaded is the first one of all only where nothing is before it.
  if (found) return index > 0 || !older ? { to: 'first', id: found.id } : undefined;
  return newer ? undefined : { to: 'end' };
}
