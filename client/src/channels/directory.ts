import type { ChannelDirectory, ListedChannel, LogEvent } from '../../../shared/protocol.ts';

/** Every channel that I may join or am in. `me` tells my own comings and goings from the others'. */
export function applyToDirectory(me: number, directory: ChannelDirectory, event: LogEvent): ChannelDirectory {
  if (event.seq <= directory.cursor) return directory;
  const channels = channelsAfter(me, directory.channels, event);
  return channels === directory.channels ? directory : { cursor: event.seq, channels };
}

function channelsAfter(me: number, channels: ListedChannel[], event: LogEvent): ListedChannel[] {
  switch (event.kind) {
    case 'channel-created': {
      if (channels.some((channel) => channel.id === event.channel.id)) return channels;
      return [...channels, { ...event.channel, members: event.by === me ? 0 : 1, joined: false }];
    }
    case 'channel-joined': {
      const { lastNumber: _, readNumber: __, membership: ___, people: ____, ...rest } = event.channel;
      const { readGeneration: _____, mentions: ______, ...channel } = rest;
      if (channel.direct) return channels;
      if (!channels.some(({ id }) => id === channel.id)) return [...channels, { ...channel, members: 1, joined: true }];
      return changed(channels, channel.id, (old) => (old.joined ? {} : { joined: true, members: old.members + 1 }));
    }
    case 'channel-left':
      return changed(channels, event.channel, (old) =>
        old.joined ? { joined: false, members: old.members - 1 } : {},
      ).filter((channel) => channel.id !== event.channel || !channel.private);
    case 'channel-changed':
      return changed(channels, event.channel.id, () => event.channel);
    case 'channel-member-joined':
      return event.member.id === me
        ? channels
        : changed(channels, event.channel, ({ members }) => ({ members: members + 1 }));
    case 'channel-member-left':
      return event.member === me
        ? channels
        : changed(channels, event.channel, ({ members }) => ({ members: members - 1 }));
    default:
      return channels;
  }
}

function changed(
  channels: ListedChannel[],
  id: number,
  change: (channel: ListedChannel) => Partial<ListedChannel>,
): ListedChannel[] {
  if (!channels.some((channel) => channel.id === id)) return channels;
  return channels.map((channel) => (channel.id === id ? { ...channel, ...change(channel) } : channel));
}
