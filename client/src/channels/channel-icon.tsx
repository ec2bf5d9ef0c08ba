import type { Channel, Person } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Icon } from '../design/icon.tsx';
import { PresenceDot } from '../presence/presence-dot.tsx';

/** What kind of place it is: of a conversation between two the other one's face. */
export function ChannelIcon({ channel }: { channel: Pick<Channel, 'direct' | 'private'> & { people?: Person[] } }) {
  if (!channel.direct) return <Icon name={channel.private ? 'lock' : 'hash'} />;
  const [first, second] = channel.people ?? [];
  if (first === undefined || second !== undefined) return <Icon name="people" />;
  return (
    <span className="face">
      <Avatar id={first.id} name={first.name} picture={first.avatar} />
      <PresenceDot member={first.id} silent />
    </span>
  );
}
