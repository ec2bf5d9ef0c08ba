import type { LogEvent, PinList, SavedList, SingleMessage } from '../../../shared/protocol.ts';
import { changedBy } from './conversation.ts';

/** What is pinned in a channel, after an event: the last pinned first. */
export function applyToPins(channel: number, list: PinList, event: LogEvent): PinList {
  if (event.seq <= list.cursor) return list;
  if ((event.kind !== 'pin-set' && event.kind !== 'message-deleted') || event.channel !== channel) return list;
  const others = list.pins.filter(({ message }) => message !== event.message);
  const { message, at } = event;
  const pins =
    event.kind === 'pin-set' && event.on
      ? [{ message, at, by: { id: event.by.id, name: event.by.name } }, ...others]
      : others;
  return { cursor: event.seq, pins };
}

/** What I saved, after an event: the last saved first. */
export function applyToSaved(list: SavedList, event: LogEvent): SavedList {
  if (event.seq <= list.cursor) return list;
  const { seq: cursor } = event;
  switch (event.kind) {
    case 'saved-set': {
      const { message, channel, at, on } = event;
      const others = list.saved.filter((one) => one.message !== message);
      return { cursor, saved: on ? [{ message, channel, at }, ...others] : others };
    }
    case 'message-deleted':
      return { cursor, saved: list.saved.filter(({ message }) => message !== event.message) };
    case 'channel-left':
      return { cursor, saved: list.saved.filter(({ channel }) => channel !== event.channel) };
    default:
      return list;
  }
}

/** A message that is shown away from its conversation: quoted, pinned or saved. */
export function applyToMessage(single: SingleMessage, event: LogEvent): SingleMessage {
  const [message = single.message] = changedBy({ messages: [single.message], people: {} }, event).messages;
  return message === single.message ? single : { ...single, message };
}
