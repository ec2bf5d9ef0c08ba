import type { JoinedChannel } from '../../../shared/protocol.ts';
import type { Ask } from '../wire/ask.ts';

/** All that I know of; what comes meanwhile stays unread. */
export async function markAllRead(
  { channels: { markAllRead } }: Ask,
  channels: readonly JoinedChannel[],
): Promise<void> {
  const reads = channels
    .filter(({ lastNumber, readNumber }) => readNumber < lastNumber)
    .map(({ id, lastNumber }) => ({ channel: id, readNumber: lastNumber }));
  // Where it fails all is still unread, as anybody sees.
  if (reads.length > 0) await markAllRead.mutate({ reads }).catch(() => undefined);
}
