import type { Person } from '../../../shared/protocol.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

type PersonMenuProps = {
  me: Person;
  person: Person;
  message?(): void;
  /** Where they are in a channel that I look after. */
  inChannel?: { owner: boolean; setOwner(owner: boolean): void; remove(): void } | undefined;
  /** Where it is about the workspace. */
  inWorkspace?: {
    setRole(role: 'admin' | 'member'): void;
    makePasswordLink(): void;
    handOver(): void;
    remove(): void;
  };
};

type Item = { icon: IconName; label: string; act(): void };

/** What I may do about somebody; nothing where there is nothing. */
export function PersonMenu({ me, person, message, inChannel, inWorkspace }: PersonMenuProps) {
  const { channels, channelDialogs, members } = useMorePhrases();
  const { role } = person;
  const items: (Item | false | undefined)[] = [
    message && { icon: 'message', label: members.message, act: message },
    inChannel &&
      role !== 'guest' && {
        icon: 'star',
        label: inChannel.owner ? channelDialogs.unmakeOwner : channelDialogs.makeOwner,
        act: () => inChannel.setOwner(!inChannel.owner),
      },
    inChannel && { icon: 'leave', label: channels.removePerson, act: inChannel.remove },
    inWorkspace &&
      me.role === 'owner' &&
      (role === 'admin' || role === 'member') && {
        icon: 'star',
        label: role === 'admin' ? members.unmakeAdmin : members.makeAdmin,
        act: () => inWorkspace.setRole(role === 'admin' ? 'member' : 'admin'),
      },
    inWorkspace &&
      me.role === 'owner' &&
      (role === 'admin' || role === 'member') && {
        icon: 'forward',
        label: members.handOver,
        act: inWorkspace.handOver,
      },
    inWorkspace &&
      role !== 'guest' &&
      outranks(me, person) && { icon: 'lock', label: members.passwordLink, act: inWorkspace.makePasswordLink },
    inWorkspace && outranks(me, person) && { icon: 'leave', label: members.remove, act: inWorkspace.remove },
  ];
  const offered = items.filter((item) => item !== undefined && item !== false);
  if (offered.length === 0) return null;
  return (
    <Menu
      button={<Icon name="more" />}
      buttonProps={{ className: 'icon-button', 'aria-label': channelDialogs.personMenu(person.name) }}
    >
      {offered.map(({ icon, label, act }) => (
        <button key={label} type="button" onClick={act}>
          <Icon name={icon} />
          {label}
        </button>
      ))}
    </Menu>
  );
}

/** Who may put somebody out, and let them back in with a new password. */
function outranks(me: Person, { id, role }: Person): boolean {
  return id !== me.id && role !== 'owner' && (me.role === 'owner' || (me.role === 'admin' && role !== 'admin'));
}
