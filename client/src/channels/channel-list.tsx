import { Link } from 'wouter';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import './channels.css';

type ChannelListProps = { channels: readonly JoinedChannel[]; current: number | undefined; onChoose(): void };

/** My channels by name, with what is unread; the one that is open counts as being read. */
export function ChannelList({ channels, current, onChoose }: ChannelListProps) {
  const phrases = usePhrases().channels;
  const formats = useFormats();
  return (
    <ul className="channel-list">
      {channels.map((channel) => {
        const unread = channel.id === current ? 0 : channel.lastNumber - channel.readNumber;
        const label = [channel.name, channel.private && phrases.privateChannel, unread > 0 && phrases.unread(unread)];
        return (
          <li key={channel.id}>
            <Link
              href={`/channels/${channel.id}`}
              aria-label={label.filter(Boolean).join(', ')}
              aria-current={channel.id === current ? 'page' : undefined}
              data-unread={unread > 0}
              onClick={onChoose}
            >
              <Icon name={channel.private ? 'lock' : 'hash'} />
              <bdi className="channel-name">{channel.name}</bdi>
              {unread > 0 && (
                <span className="channel-badge">
                  {unread > 999 ? `${formats.number(999)}+` : formats.number(unread)}
                </span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
