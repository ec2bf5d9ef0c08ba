import type { JoinedChannel, ThreadList } from '../../../shared/protocol.ts';
import type { Session } from './session.ts';

/** All that I know of, in the threads that I follow too; what comes meanwhile stays unread. */
export async function markAllRead(session: Session, channels: readonly JoinedChannel[]): Promise<void> {
  const reads = channels.filter(isUnread).map(({ id, lastNumber }) => ({ channel: id, readNumber: lastNumber }));
  const threads = unreadThreads(session).map(({ root, lastNumber }) => ({ thread: root, readNumber: lastNumber }));
  if (reads.length + threads.length === 0) return;
  // Where it fails all is still unread, as anybody sees.
  await session.ask.channels.markAllRead.mutate({ reads, threads }).catch(() => undefined);
}

export function anyUnread(session: Session, channels: readonly JoinedChannel[]): boolean {
  return channels.some(isUnread) || unreadThreads(session).length > 0;
}

function unreadThreads({ queryClient, me }: Session) {
  return queryClient.getQueryData<ThreadList>(['threads', me])?.threads.filter(isUnread) ?? [];
}

function isUnread({ lastNumber, readNumber }: { lastNumber: number; readNumber: number }): boolean {
  return readNumber < lastNumber;
}
