import type { JoinedChannel } from '../../../shared/protocol.ts';

/** What counts as unread in the sidebar and the tab: of a muted channel only what calls me. */
export function unreadIn({ lastNumber, readNumber, mentions, membership }: JoinedChannel): number {
  return membership.muted ? mentions : lastNumber - readNumber;
}

/** Of these, what calls me: mentions, and all that is said to me directly. */
export function callsIn(channel: JoinedChannel): number {
  return channel.direct ? unreadIn(channel) : channel.mentions;
}
