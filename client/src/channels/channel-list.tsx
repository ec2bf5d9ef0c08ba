import { memo } from 'react';
import { Link } from 'wouter';
import { Icon } from '../design/icon.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { StatusMark } from '../people/status-mark.tsx';
import { ChannelIcon } from './channel-icon.tsx';
import { type CountedChannel, mentionsIn, unreadIn } from './unread.ts';

type ChannelListProps = { channels: readonly CountedChannel[]; current: number | undefined; onChoose(): void };

/** With what is unread in each; the one that is open counts as being read, but for its threads. */
export function ChannelList({ channels, current, onChoose }: ChannelListProps) {
  return (
    <ul className="channel-list">
      {channels.map((channel) => (
        <ChannelItem key={channel.id} channel={channel} isOpen={channel.id === current} onChoose={onChoose} />
      ))}
    </ul>
  );
}

type ChannelItemProps = { channel: CountedChannel; isOpen: boolean; onChoose(): void };

/** Drawn again for what concerns this channel alone: a message in one of hundreds is none of the others' business. */
const ChannelItem = memo(function ChannelItem({ channel, isOpen, onChoose }: ChannelItemProps) {
  const { channels: phrases, mentions } = usePhrases();
  const formats = useFormats();
  const { inThreads = 0 } = channel;
  const unread = isOpen ? inThreads : unreadIn(channel);
  const other = channel.people.length === 1 ? channel.people[0] : undefined;
  const mentioned = isOpen ? inThreads : mentionsIn(channel);
  const drafted = channel.drafted && !isOpen;
  const label = [
    channel.name,
    channel.private && !channel.direct && phrases.privateChannel,
    channel.archived && phrases.archived,
    channel.membership.muted && phrases.muted,
    drafted && phrases.drafted,
    unread > 0 && phrases.unread(unread),
    mentioned > 0 && mentions.unread(mentioned),
  ];
  return (
    <li>
      <Link
        href={`/channels/${channel.id}`}
        aria-label={label.filter(Boolean).join(', ')}
        aria-current={isOpen ? 'page' : undefined}
        data-unread={unread > 0}
        data-muted={channel.membership.muted || undefined}
        onClick={onChoose}
      >
        <ChannelIcon channel={channel} />
        <bdi className="channel-name">{channel.name}</bdi>
        {other && <StatusMark member={other.id} />}
        {drafted && <Icon name="edit" />}
        {channel.membership.muted && <Icon name="muted" />}
        {unread > 0 && (
          <span className="channel-badge" data-kind={mentioned > 0 || channel.direct ? 'mentions' : 'unread'}>
            {mentioned > 0 && '@'}
            {unread > 999 ? `${formats.number(999)}+` : formats.number(unread)}
          </span>
        )}
      </Link>
    </li>
  );
});
