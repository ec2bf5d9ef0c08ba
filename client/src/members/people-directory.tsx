import { useState } from 'react';
import type { ListedPerson, Person } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { Fault } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { PeopleList } from './people-list.tsx';
import { RemoveMember } from './remove-member.tsx';
import type { SearchPeople } from './use-people.ts';

type PeopleDirectoryProps = {
  me: Person;
  search: SearchPeople;
  onMessage(person: number): Promise<unknown>;
  setRole(person: number, role: 'admin' | 'member'): Promise<unknown>;
  remove(person: number, purge: boolean): Promise<unknown>;
  onClose(): void;
};

/** Everyone here: to write to them, and for the owner and admins to look after who is in. */
export function PeopleDirectory({ me, search, onMessage, setRole, remove, onClose }: PeopleDirectoryProps) {
  const { actions, members, workspace } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const [removing, setRemoving] = useState<ListedPerson>();
  const attempt = (call: Promise<unknown>) => {
    setFault(undefined);
    void call.catch((error: unknown) => setFault(explain(error)));
  };
  if (removing)
    return (
      <RemoveMember
        person={removing}
        remove={(purge) => remove(removing.id, purge)}
        onClose={() => setRemoving(undefined)}
      />
    );
  return (
    <Dialog title={workspace.everyone} closeLabel={actions.close} onClose={onClose}>
      <Fault>{fault}</Fault>
      <div className="people-scroll">
        <PeopleList search={search} label={members.everyone}>
          {(person) =>
            person.id === me.id ? (
              <span className="people-aside">{members.you}</span>
            ) : (
              <PersonMenu
                me={me}
                person={person}
                message={() => attempt(onMessage(person.id))}
                setRole={(role) => attempt(setRole(person.id, role))}
                onRemove={() => setRemoving(person)}
              />
            )
          }
        </PeopleList>
      </div>
    </Dialog>
  );
}

type PersonMenuProps = {
  me: Person;
  person: ListedPerson;
  message(): void;
  setRole(role: 'admin' | 'member'): void;
  onRemove(): void;
};

function PersonMenu({ me, person, message, setRole, onRemove }: PersonMenuProps) {
  const { members, channelDialogs } = useMorePhrases();
  const { role } = person;
  const mayRemove = role !== 'owner' && (me.role === 'owner' || (me.role === 'admin' && role !== 'admin'));
  return (
    <Menu
      button={<Icon name="more" />}
      buttonProps={{ className: 'icon-button', 'aria-label': channelDialogs.personMenu(person.name) }}
    >
      <button type="button" onClick={message}>
        <Icon name="message" />
        {members.message}
      </button>
      {me.role === 'owner' && (role === 'admin' || role === 'member') && (
        <button type="button" onClick={() => setRole(role === 'admin' ? 'member' : 'admin')}>
          <Icon name="star" />
          {role === 'admin' ? members.unmakeAdmin : members.makeAdmin}
        </button>
      )}
      {mayRemove && (
        <button type="button" onClick={onRemove}>
          <Icon name="leave" />
          {members.remove}
        </button>
      )}
    </Menu>
  );
}
