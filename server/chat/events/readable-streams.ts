import type { MemberStreams, StoredEvent } from '../store/store.ts';

/** The streams that one person may read, kept by their own stream's events as of the hub's head. */
export type ReadableStreams = {
  /** Each with the seq after which its events are theirs: an earlier time in the same channel is over. */
  readonly since: Map<string, number>;
  /** Events up to here are in `since` already: it was read from the tables then. */
  readonly asOf: number;
};

export type MembershipChange = { kind: 'channel-joined' | 'channel-left'; stream: string };

export function readableFrom({ since, head }: MemberStreams): ReadableStreams {
  return { since: new Map(since), asOf: head };
}

/** What an event of somebody's own stream changes in what they may read. */
export function membershipChange({
  kind,
  payload,
}: Pick<StoredEvent, 'kind' | 'payload'>): MembershipChange | undefined {
  if (kind === 'channel-joined') {
    const { channel } = JSON.parse(payload) as { channel: { id: number } };
    return { kind, stream: `channel:${channel.id}` };
  }
  if (kind === 'channel-left') {
    const { channel } = JSON.parse(payload) as { channel: number };
    return { kind, stream: `channel:${channel}` };
  }
  return undefined;
}

const memberStream = 'member:';

export function memberOfStream(stream: string): number | undefined {
  return stream.startsWith(memberStream) ? Number(stream.slice(memberStream.length)) : undefined;
}
