import type { JoinedChannel } from '../../../shared/protocol.ts';

/** What counts as unread in the sidebar and the tab: of a muted channel nothing. */
export function unreadIn({ lastNumber, readNumber, membership }: JoinedChannel): number {
  return membership.muted ? 0 : lastNumber - readNumber;
}
