import type { JoinedChannel } from '../../../shared/protocol.ts';
import type { Session } from './session.ts';
import { threadListQuery } from './thread-queries.ts';

/** All that I know of, in the threads that I follow too; what comes meanwhile stays unread. */
export async function markAllRead(session: Session, channels: readonly JoinedChannel[]): Promise<void> {
  const list = session.queryClient.getQueryData(threadListQuery(session).queryKey);
  const reads = channels.filter(isUnread).map(({ id, lastNumber }) => ({ channel: id, readNumber: lastNumber }));
  const threads = (list?.threads ?? [])
    .filter(isUnread)
    .map(({ root, lastNumber }) => ({ thread: root, readNumber: lastNumber }));
  if (reads.length + threads.length === 0) return;
  // Where it fails all is still unread, as anybody sees.
  await session.ask.channels.markAllRead.mutate({ reads, threads }).catch(() => undefined);
}

export function isUnread({ lastNumber, readNumber }: { lastNumber: number; readNumber: number }): boolean {
  return readNumber < lastNumber;
}
