import type { FollowedThread, LogEvent, ThreadList } from '../../../shared/protocol.ts';
import { calledOnce, mentionsMember } from '../mentions/mentions-me.ts';

/** The threads that I follow, after an event. */
export function applyToThreadList(me: number, list: ThreadList, event: LogEvent): ThreadList {
  if (event.seq <= list.cursor) return list;
  const threads = threadsAfter(me, list.threads, event);
  return threads === list.threads ? list : { cursor: event.seq, threads };
}

function threadsAfter(me: number, threads: FollowedThread[], event: LogEvent): FollowedThread[] {
  switch (event.kind) {
    case 'message-posted': {
      const { thread, threadNumber: lastNumber = 0, at: lastAt, number } = event.message;
      // Who writes has read what was there, as in a channel; what is in the channel too is counted there.
      const read = event.author.id === me ? { readNumber: lastNumber, mentions: 0 } : {};
      const calls = number === 0 && mentionsMember(event.message, me) ? 1 : 0;
      return changed(threads, thread, ({ mentions }) => ({
        ...{ lastNumber, lastAt, mentions: orNone(mentions) + calls },
        ...read,
      }));
    }
    case 'message-deleted':
    case 'message-edited': {
      const { number, thread, threadNumber = 0 } = calledOnce(event, me) ?? { number: 0, thread: undefined };
      if (number > 0) return threads;
      return changed(threads, thread, ({ readNumber, mentions }) =>
        threadNumber > readNumber ? { mentions: Math.max(0, orNone(mentions) - 1) } : {},
      );
    }
    case 'thread-followed':
      return [...threads.filter(({ root }) => root !== event.thread.root), event.thread];
    case 'thread-unfollowed':
      return threads.filter(({ root }) => root !== event.root);
    case 'thread-read':
      return changed(threads, event.root, () => ({ readNumber: event.readNumber, mentions: orNone(event.mentions) }));
    case 'channel-left':
      return threads.filter(({ channel }) => channel !== event.channel);
    default:
      return threads;
  }
}

function changed(
  threads: FollowedThread[],
  id: number | undefined,
  change: (thread: FollowedThread) => Partial<FollowedThread>,
): FollowedThread[] {
  if (!threads.some(({ root }) => root === id)) return threads;
  return threads.map((thread) => (thread.root === id ? { ...thread, ...change(thread) } : thread));
}

/** A replica of the release before counts none. */
function orNone(mentions: number | undefined): number {
  return mentions ?? 0;
}

/** How many unread messages call me in threads alone, for each channel that has any. */
export function callsInThreads({ threads }: ThreadList): ReadonlyMap<number, number> {
  const calls = new Map<number, number>();
  for (const { channel, mentions } of threads)
    if (orNone(mentions) > 0) calls.set(channel, (calls.get(channel) ?? 0) + mentions);
  return calls;
}

/** How many of them have something new. */
export function unreadThreads({ threads }: ThreadList): number {
  return threads.filter(({ lastNumber, readNumber }) => lastNumber > readNumber).length;
}
