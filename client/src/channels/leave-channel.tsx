import { useState } from 'react';
import type { Channel } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { useExplain } from '../wire/use-explain.ts';

type LeaveChannelProps = { channel: Channel; leave(): Promise<unknown>; onClose(): void };

export function LeaveChannel({ channel, leave, onClose }: LeaveChannelProps) {
  const { actions, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const leaveIt = () => leave().then(onClose, (error: unknown) => setFault(explain(error)));
  return (
    <Dialog title={channelDialogs.leaveTitle(placeName(channel))} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{channel.private ? channelDialogs.leavePrivateText : channelDialogs.leaveText}</p>
      <Fault>{fault}</Fault>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button kind="danger" onClick={() => void leaveIt()}>
          {channelDialogs.leaveIt}
        </Button>
      </div>
    </Dialog>
  );
}
