import type { JoinedChannel } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

export type ChannelMenuProps = {
  channel: JoinedChannel;
  onDetails(): void;
  onNotifications(): void;
  onMove(): void;
  onReplay(): void;
  /** These have a button beside the menu where there is room. */
  onPins(): void;
  onInvite: (() => void) | undefined;
  setFavourite(favourite: boolean): void;
  onLeave(): void;
  /** Of a direct conversation: out of the sidebar until somebody writes in it. */
  close(): void;
};

/** What can be done with a channel. */
export function ChannelMenuItems(props: ChannelMenuProps & { onCopy(): void }) {
  const {
    channel,
    onDetails,
    onNotifications,
    onMove,
    onReplay,
    onPins,
    onInvite,
    setFavourite,
    onLeave,
    close,
    onCopy,
  } = props;
  const { channels, channelMenu, direct, messages, replay, workspace } = useMorePhrases();
  const { favourite } = channel.membership;
  return (
    <>
      <button type="button" onClick={onDetails}>
        <Icon name="info" />
        {channels.details}
      </button>
      <button type="button" className="narrow-only" onClick={onPins}>
        <Icon name="pin" />
        {messages.pins}
      </button>
      {onInvite && (
        <button type="button" className="narrow-only" onClick={onInvite}>
          <Icon name="invite" />
          {workspace.invite}
        </button>
      )}
      <button type="button" onClick={onNotifications}>
        <Icon name="bell" />
        {channels.notifications}
      </button>
      <button type="button" onClick={() => setFavourite(!favourite)}>
        <Icon name="star" />
        {favourite ? channelMenu.unfavourite : channelMenu.favourite}
      </button>
      <button type="button" onClick={onMove}>
        <Icon name="folder" />
        {channelMenu.moveTo}
      </button>
      <button type="button" onClick={onCopy}>
        <Icon name="link" />
        {channelMenu.copyLink}
      </button>
      <button type="button" onClick={onReplay}>
        <Icon name="clock" />
        {replay.lately}
      </button>
      <button type="button" onClick={channel.direct ? close : onLeave}>
        <Icon name={channel.direct ? 'close' : 'leave'} />
        {channel.direct ? direct.close : channelMenu.leave}
      </button>
    </>
  );
}
