import type { JoinedChannel } from '../../../shared/protocol.ts';

/** `inThreads`: what calls me there in threads alone, where there is any of it; `drafted`: I have begun to write there. */
export type CountedChannel = JoinedChannel & { inThreads?: number; drafted?: boolean };

/** What counts as unread in the sidebar and the tab: of a muted channel, and of its threads, only what calls me. */
export function unreadIn({ lastNumber, readNumber, mentions, membership, inThreads = 0 }: CountedChannel): number {
  return (membership.muted ? mentions : lastNumber - readNumber) + inThreads;
}

/** Of these, what mentions me. */
export function mentionsIn({ mentions, inThreads = 0 }: CountedChannel): number {
  return mentions + inThreads;
}

/** Of these, what calls me: mentions, and all that is said to me directly. */
export function callsIn(channel: CountedChannel): number {
  return channel.direct ? unreadIn(channel) : mentionsIn(channel);
}
