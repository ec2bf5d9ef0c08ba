import type { FollowedThread, LogEvent, ThreadList } from '../../../shared/protocol.ts';

/** The threads that I follow, after an event. */
export function applyToThreadList(me: number, list: ThreadList, event: LogEvent): ThreadList {
  if (event.seq <= list.cursor) return list;
  const threads = threadsAfter(me, list.threads, event);
  return threads === list.threads ? list : { cursor: event.seq, threads };
}

function threadsAfter(me: number, threads: FollowedThread[], event: LogEvent): FollowedThread[] {
  switch (event.kind) {
    case 'message-posted': {
      const { thread, threadNumber: lastNumber = 0, at: lastAt } = event.message;
      // Who writes has read what was there, as in a channel.
      const read = event.author.id === me ? { readNumber: lastNumber } : {};
      return changed(threads, thread, { lastNumber, lastAt, ...read });
    }
    case 'thread-followed':
      return [...threads.filter(({ root }) => root !== event.thread.root), event.thread];
    case 'thread-unfollowed':
      return threads.filter(({ root }) => root !== event.root);
    case 'thread-read':
      return changed(threads, event.root, { readNumber: event.readNumber });
    case 'channel-left':
      return threads.filter(({ channel }) => channel !== event.channel);
    default:
      return threads;
  }
}

function changed(threads: FollowedThread[], id: number | undefined, change: Partial<FollowedThread>): FollowedThread[] {
  if (!threads.some(({ root }) => root === id)) return threads;
  return threads.map((thread) => (thread.root === id ? { ...thread, ...change } : thread));
}

/** How many of them have something new. */
export function unreadThreads({ threads }: ThreadList): number {
  return threads.filter(({ lastNumber, readNumber }) => lastNumber > readNumber).length;
}
