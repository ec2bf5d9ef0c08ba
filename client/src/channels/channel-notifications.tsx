import { useState } from 'react';
import type { Membership, NotificationLevel } from '../../../shared/protocol.ts';
import { Choice, Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

export type MembershipChange = Partial<Pick<Membership, 'level' | 'muted'>>;

type ChannelNotificationsProps = { membership: Membership; set(change: MembershipChange): Promise<unknown> };

const levels: readonly NotificationLevel[] = ['all', 'mentions', 'nothing'];

export function ChannelNotifications({ membership, set }: ChannelNotificationsProps) {
  const { channels, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  /** Shown at once; the membership itself follows with its event. */
  const [wanted, setWanted] = useState<MembershipChange>({});
  const { level: chosen, muted } = { ...membership, ...wanted };
  const change = (now: MembershipChange) => {
    setFault(undefined);
    setWanted({ ...wanted, ...now });
    void set(now).catch((error: unknown) => {
      setWanted({});
      setFault(explain(error));
    });
  };
  return (
    <div className="dialog-form">
      <fieldset className="choices" aria-label={channels.notifications}>
        {levels.map((level) => (
          <Choice
            key={level}
            type="radio"
            name="level"
            label={channelDialogs.levels[level]}
            hint={channelDialogs.levelHints[level]}
            checked={chosen === level}
            onChange={() => change({ level })}
          />
        ))}
      </fieldset>
      <Choice
        type="checkbox"
        label={channelDialogs.mute}
        hint={channelDialogs.muteHint}
        checked={muted}
        onChange={(event) => change({ muted: event.target.checked })}
      />
      <Fault>{fault}</Fault>
    </div>
  );
}
