import type { Membership, NotificationLevel } from '../../../shared/protocol.ts';
import { Choice, Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useShownAtOnce } from '../wire/use-shown-at-once.ts';

export type MembershipChange = Partial<Pick<Membership, 'level' | 'muted'>>;

type ChannelNotificationsProps = { membership: Membership; set(change: MembershipChange): Promise<unknown> };

const levels: readonly NotificationLevel[] = ['all', 'mentions', 'nothing'];

export function ChannelNotifications({ membership, set }: ChannelNotificationsProps) {
  const { channels, channelDialogs } = useMorePhrases();
  const { shown, change, fault } = useShownAtOnce<Pick<Membership, 'level' | 'muted'>>(membership, set);
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
            checked={shown.level === level}
            onChange={() => change({ level })}
          />
        ))}
      </fieldset>
      <Choice
        type="checkbox"
        label={channelDialogs.mute}
        hint={channelDialogs.muteHint}
        checked={shown.muted}
        onChange={(event) => change({ muted: event.target.checked })}
      />
      <Fault>{fault}</Fault>
    </div>
  );
}
