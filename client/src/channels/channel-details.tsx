import { type ReactNode, useState } from 'react';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { Segments } from '../design/field.tsx';
import { usePhrases } from '../language/use-phrases.ts';
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
  onClose(): void;
};

export function ChannelDetails(props: ChannelDetailsProps) {
  const { channel, opened, mayDescribe, mayLookAfter, change, set, people, onClose } = props;
  const { channels, actions } = usePhrases();
  const [chosen, setTab] = useState(opened);
  const tabs: DetailsTab[] = channel.direct ? ['people', 'notifications'] : ['about', 'people', 'notifications'];
  const tab = tabs.includes(chosen) ? chosen : 'people';
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
    </Dialog>
  );
}
