import { type ReactNode, useState } from 'react';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Segments } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { AboutChannel, type ChannelChange } from './about-channel.tsx';
import { ChannelNotifications, type MembershipChange } from './channel-notifications.tsx';
import './channel-details.css';

export type DetailsTab = 'about' | 'people' | 'notifications';

type ChannelDetailsProps = {
  channel: JoinedChannel;
  opened: DetailsTab;
  /** Says what it is about; renames and archives it. */
  mayDescribe: boolean;
  mayLookAfter: boolean;
  change(change: ChannelChange): Promise<unknown>;
  set(change: MembershipChange): Promise<unknown>;
  people: ReactNode;
  /** The channel's last stretch, event by event. */
  replay: ReactNode;
  onClose(): void;
};

export function ChannelDetails(props: ChannelDetailsProps) {
  const { channel, opened, mayDescribe, mayLookAfter, change, set, people, replay, onClose } = props;
  const { channels, actions, channelDialogs } = useMorePhrases();
  const [replaying, setReplaying] = useState(false);
  const [chosen, setTab] = useState(opened);
  const tabs: DetailsTab[] = channel.direct ? ['people', 'notifications'] : ['about', 'people', 'notifications'];
  const tab = tabs.includes(chosen) ? chosen : 'people';
  if (replaying) return replay;
  return (
    <Dialog title={<bdi>{channel.name}</bdi>} closeLabel={actions.close} onClose={onClose}>
      <Segments<DetailsTab>
        label={channels.details}
        options={tabs}
        nameOf={(option) => channels[option]}
        value={tab}
        onChoose={setTab}
      />
      {tab === 'about' && (
        <AboutChannel channel={channel} mayDescribe={mayDescribe} mayLookAfter={mayLookAfter} change={change} />
      )}
      {tab === 'people' && people}
      {tab === 'notifications' && <ChannelNotifications membership={channel.membership} set={set} />}
      <div className="dialog-actions">
        <Button kind="quiet" size="small" onClick={() => setReplaying(true)}>
          <Icon name="clock" />
          {channelDialogs.replay}
        </Button>
      </div>
    </Dialog>
  );
}
