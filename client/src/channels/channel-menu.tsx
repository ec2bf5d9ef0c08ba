import { useEffect, useState } from 'react';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { copyText } from '../design/copy-text.ts';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { channelLink } from './channel-link.ts';

const copiedShownMs = 3_000;

type ChannelMenuProps = {
  channel: JoinedChannel;
  onDetails(): void;
  onNotifications(): void;
  onMove(): void;
  setFavourite(favourite: boolean): void;
  onLeave(): void;
  /** Of a direct conversation: out of the sidebar until somebody writes in it. */
  close(): void;
};

export function ChannelMenu(props: ChannelMenuProps) {
  const { channel, onDetails, onNotifications, onMove, setFavourite, onLeave, close } = props;
  const { actions, channels, direct } = usePhrases();
  const { favourite } = channel.membership;
  const [copied, setCopied] = useState<boolean>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), copiedShownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = channel.direct ? direct.menu(channel.name) : channels.menu(placeName(channel));
  return (
    <>
      <Menu button={<Icon name="more" />} buttonProps={{ className: 'icon-button', 'aria-label': name }}>
        <button type="button" onClick={onDetails}>
          <Icon name="info" />
          {channels.details}
        </button>
        <button type="button" onClick={onNotifications}>
          <Icon name="bell" />
          {channels.notifications}
        </button>
        <button type="button" onClick={() => setFavourite(!favourite)}>
          <Icon name="star" />
          {favourite ? channels.unfavourite : channels.favourite}
        </button>
        <button type="button" onClick={onMove}>
          <Icon name="folder" />
          {channels.moveTo}
        </button>
        <button type="button" onClick={() => void copyText(channelLink(channel.id)).then(setCopied)}>
          <Icon name="link" />
          {channels.copyLink}
        </button>
        {channel.direct ? (
          <button type="button" onClick={close}>
            <Icon name="close" />
            {direct.close}
          </button>
        ) : (
          <button type="button" onClick={onLeave}>
            <Icon name="leave" />
            {channels.leave}
          </button>
        )}
      </Menu>
      <span className="channel-copied" role="status">
        {copied !== undefined && (copied ? channels.linkCopied : actions.copyFailed)}
      </span>
    </>
  );
}
