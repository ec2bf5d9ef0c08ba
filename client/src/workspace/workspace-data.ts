import type { JoinedChannel, LogEvent, Person, WorkspaceSnapshot } from '../../../shared/protocol.ts';
import { calledOnce, mentionsMember } from '../mentions/mentions-me.ts';

/** Everything around a conversation: who I am, my channels and how far I have read. */
export type WorkspaceData = Pick<
  WorkspaceSnapshot,
  'cursor' | 'log' | 'workspace' | 'me' | 'channels' | 'sidebar' | 'notices'
>;

export function workspaceDataOf({ heads: _, ...data }: WorkspaceSnapshot): WorkspaceData {
  return data;
}

export function applyToWorkspace(data: WorkspaceData, event: LogEvent): WorkspaceData {
  if (event.seq <= data.cursor) return data;
  if (event.kind === 'sidebar-changed') return { ...data, cursor: event.seq, sidebar: event.sidebar };
  if (event.kind === 'notices-changed') return { ...data, cursor: event.seq, notices: event.notices };
  if (event.kind === 'workspace-renamed') return { ...data, cursor: event.seq, workspace: { name: event.name } };
  if (event.kind === 'member-changed' && event.member.id === data.me.id)
    return { ...data, cursor: event.seq, me: event.member };
  const channels = channelsAfter(data, event);
  return channels === data.channels ? data : { ...data, cursor: event.seq, channels };
}

function channelsAfter({ channels, me }: WorkspaceData, event: LogEvent): JoinedChannel[] {
  switch (event.kind) {
    case 'channel-joined':
      return [...channels.filter((channel) => channel.id !== event.channel.id), event.channel];
    case 'channel-left':
      return channels.filter((channel) => channel.id !== event.channel);
    case 'channel-changed':
      return changed(channels, event.channel.id, () => event.channel);
    case 'member-changed':
      return withPerson(channels, event.member);
    case 'membership-changed':
      return changed(channels, event.channel, () => ({ membership: event.membership }));
    case 'message-posted':
      // Whoever writes has read what was there: the server takes it so, and tells of it by the message alone.
      return changed(channels, event.message.channel, ({ lastNumber, readNumber, mentions }) => ({
        lastNumber: Math.max(lastNumber, event.message.number),
        // A reply that is in its thread alone has no number here.
        ...(event.message.number === 0
          ? {}
          : event.author.id === me.id
            ? { readNumber: Math.max(readNumber, event.message.number), mentions: 0 }
            : { mentions: mentionsMember(event.message, me.id) ? mentions + 1 : mentions }),
      }));
    case 'message-deleted':
    case 'message-edited': {
      const called = calledOnce(event, me.id);
      if (called === undefined) return channels;
      // What is read isn't counted any more.
      return changed(channels, event.channel, ({ readNumber, mentions }) =>
        called.number > readNumber ? { mentions: Math.max(0, mentions - 1) } : {},
      );
    }
    case 'channel-read':
      return changed(channels, event.channel, () => ({
        readNumber: event.readNumber,
        readGeneration: event.readGeneration,
        mentions: event.mentions,
      }));
    default:
      return channels;
  }
}

function changed(
  channels: JoinedChannel[],
  id: number,
  change: (channel: JoinedChannel) => Partial<JoinedChannel>,
): JoinedChannel[] {
  if (!channels.some((channel) => channel.id === id)) return channels;
  return channels.map((channel) => (channel.id === id ? { ...channel, ...change(channel) } : channel));
}

/** Where somebody is in a direct conversation of mine: its name is made of theirs. */
function withPerson(channels: JoinedChannel[], person: Person): JoinedChannel[] {
  const isIn = ({ people }: JoinedChannel) => people.some(({ id }) => id === person.id);
  if (!channels.some(isIn)) return channels;
  return channels.map((channel) => {
    if (!isIn(channel)) return channel;
    const people = channel.people.map((one) => (one.id === person.id ? person : one));
    return { ...channel, people, name: people.map(({ name }) => name).join(', ') };
  });
}
