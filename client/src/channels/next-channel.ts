import type { JoinedChannel } from '../../../shared/protocol.ts';
import { unreadIn } from './unread.ts';

/** The one above or below in the sidebar. Unread ones are sought all the way round, so that the last leads to the first. */
export function nextChannel(
  channels: readonly JoinedChannel[],
  current: number | undefined,
  step: number,
  unread: boolean,
): number | undefined {
  const found = channels.findIndex(({ id }) => id === current);
  const start = found >= 0 ? found : step > 0 ? -1 : channels.length;
  if (!unread) return channels[start + step]?.id;
  for (let moved = 1; moved <= channels.length; moved += 1) {
    const channel = channels[(start + step * moved + channels.length * 2) % channels.length];
    if (channel && channel.id !== current && unreadIn(channel) > 0) return channel.id;
  }
  return undefined;
}
