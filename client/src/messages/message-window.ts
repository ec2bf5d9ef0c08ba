import type { Message } from '../../../shared/protocol.ts';

/**
 * The part of the loaded messages that is on screen or near it, by message id so that pages and events may come in
 * between. Without `to` it goes on to the newest.
 */
export type MessageWindow = { from: number; to: number | undefined };

type Messages = readonly Pick<Message, 'id'>[];
type Range = { start: number; end: number };

export const windowSize = { initial: 80, step: 40, most: 240, piece: 8 };

export function newestWindow(messages: Messages, count = windowSize.initial): MessageWindow {
  return { from: messages.at(-count)?.id ?? messages[0]?.id ?? 0, to: undefined };
}

/** Indexes into the messages: from the first to before the last. */
export function rangeOf({ from, to }: MessageWindow, messages: Messages): Range {
  return { start: indexOf(messages, from), end: to === undefined ? messages.length : indexOf(messages, to) };
}

export function extendedUp(window: MessageWindow, messages: Messages, step = windowSize.step): MessageWindow {
  const { start, end } = rangeOf(window, messages);
  if (start === 0) return window;
  const newStart = Math.max(0, start - step);
  return between(messages, newStart, Math.min(end, newStart + windowSize.most));
}

export function extendedDown(window: MessageWindow, messages: Messages, step = windowSize.step): MessageWindow {
  const { start, end } = rangeOf(window, messages);
  if (end === messages.length) return window.to === undefined ? window : { ...window, to: undefined };
  const newEnd = Math.min(messages.length, end + step);
  return between(messages, Math.max(start, newEnd - windowSize.most), newEnd);
}

/** New messages make it grow: cuts what is farthest from the reader, at the top while following, else at the bottom. A few
 * at a time, so that no frame pays for all. */
export function bounded(window: MessageWindow, messages: Messages, following: boolean): MessageWindow {
  const { start, end } = rangeOf(window, messages);
  if (end - start <= windowSize.most + windowSize.piece) return window;
  return following ? between(messages, end - windowSize.most, end) : between(messages, start, start + windowSize.most);
}

function between(messages: Messages, start: number, end: number): MessageWindow {
  return { from: messages[start]?.id ?? 0, to: messages[end]?.id };
}

/** Of the first message whose id isn't below. */
function indexOf(messages: Messages, id: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.id ?? Number.POSITIVE_INFINITY) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A message with some before it, so that it can stand in the middle. */
export function windowAround(messages: Messages, id: number): MessageWindow {
  const start = Math.max(0, indexOf(messages, id) - windowSize.initial / 2);
  return between(messages, start, Math.min(messages.length, start + windowSize.initial));
}

/** Where a channel opens: at the newest, unless what is unread starts further up. */
export function openingWindow(messages: Messages, unreadId: number | undefined): MessageWindow {
  if (unreadId === undefined) return newestWindow(messages);
  const newest = messages.length - windowSize.initial;
  const start = Math.max(0, Math.min(newest, indexOf(messages, unreadId) - 15));
  return between(messages, start, Math.min(messages.length, start + windowSize.most));
}

/** What of a window is drawn first: so many messages at its end, or around the one at which it is to open. */
export function firstPart(
  whole: MessageWindow,
  messages: Messages,
  at: number | undefined,
  count: number,
): MessageWindow {
  const { start, end } = rangeOf(whole, messages);
  if (at === undefined) return between(messages, Math.max(start, end - count), end);
  const index = indexOf(messages, at);
  return between(messages, Math.max(start, index - Math.ceil(count / 2)), Math.min(end, index + count));
}

/** For a jump within what is drawn already: what stays of it. */
export function overlap(
  window: MessageWindow,
  whole: MessageWindow,
  first: MessageWindow,
  messages: Messages,
): MessageWindow {
  const has = rangeOf(window, messages);
  const goal = rangeOf(whole, messages);
  const needed = rangeOf(first, messages);
  if (needed.start < has.start || needed.end > has.end) return first;
  return between(messages, Math.max(has.start, goal.start), Math.min(has.end, goal.end));
}

/** A piece more of the whole window, below first, since that is where one reads on; undefined once it has all of it. */
export function grown(window: MessageWindow, whole: MessageWindow, messages: Messages): MessageWindow | undefined {
  const { start, end } = rangeOf(window, messages);
  const goal = rangeOf(whole, messages);
  // Messages that came meanwhile count too: the bound holds for all of them.
  const room = Math.min(windowSize.piece, windowSize.most - (end - start));
  if (room <= 0) return undefined;
  if (end < goal.end) return between(messages, start, Math.min(goal.end, end + room));
  return start > goal.start ? between(messages, Math.max(goal.start, start - room), end) : undefined;
}
