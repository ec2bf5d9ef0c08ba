import type { ReactNode } from 'react';
import type { Channel } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { usePhrases } from '../language/use-phrases.ts';

type ChannelHeaderProps = {
  channel: Channel;
  /** Before the title (the drawer's button) and after it. */
  before?: ReactNode;
  after?: ReactNode;
  onLeave?: (() => void) | undefined;
};

export function ChannelHeader({ channel, before, after, onLeave }: ChannelHeaderProps) {
  const { channels } = usePhrases();
  return (
    <header className="channel-header">
      {before}
      <div className="channel-title">
        <h1>
          <Icon name={channel.private ? 'lock' : 'hash'} />
          <bdi className="channel-name">{channel.name}</bdi>
          {channel.private && <span className="unseen">, {channels.privateChannel}</span>}
        </h1>
        {channel.topic !== '' && (
          <p dir="auto" title={channel.topic}>
            {channel.topic}
          </p>
        )}
      </div>
      {after}
      {onLeave && (
        <Menu
          button={<Icon name="more" />}
          buttonProps={{ className: 'icon-button', 'aria-label': channels.menu(channel.name) }}
        >
          <button type="button" onClick={onLeave}>
            <Icon name="leave" />
            {channels.leave}
          </button>
        </Menu>
      )}
    </header>
  );
}
