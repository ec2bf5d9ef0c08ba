import { useState } from 'react';
import type { InvitesEnding, ListedPerson, Person } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { HandOver } from './hand-over.tsx';
import { PasswordLink } from './password-link.tsx';
import { PeopleList } from './people-list.tsx';
import { PersonMenu } from './person-menu.tsx';
import { RemoveMember } from './remove-member.tsx';
import type { SearchPeople } from './use-people.ts';

type PeopleDirectoryProps = {
  me: Person;
  search: SearchPeople;
  onMessage(person: number): Promise<unknown>;
  setRole(person: number, role: 'admin' | 'member'): Promise<unknown>;
  makePasswordLink(person: number): Promise<{ token: string }>;
  handOver(person: number, password: string): Promise<unknown>;
  invitesEnding(person: number, signal: AbortSignal): Promise<InvitesEnding>;
  remove(person: number, purge: boolean): Promise<unknown>;
  onClose(): void;
};

/** Everyone here: to write to them, and for the owner and admins to look after who is in. */
export function PeopleDirectory({
  me,
  search,
  onMessage,
  setRole,
  makePasswordLink,
  handOver,
  invitesEnding,
  remove,
  onClose,
}: PeopleDirectoryProps) {
  const { actions, members, workspace } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const [removing, setRemoving] = useState<ListedPerson>();
  const [letting, setLetting] = useState<ListedPerson>();
  const [taking, setTaking] = useState<ListedPerson>();
  const attempt = (call: Promise<unknown>) => {
    setFault(undefined);
    void call.catch((error: unknown) => setFault(explain(error)));
  };
  if (removing)
    return (
      <RemoveMember
        person={removing}
        invitesEnding={(signal) => invitesEnding(removing.id, signal)}
        remove={(purge) => remove(removing.id, purge)}
        onClose={() => setRemoving(undefined)}
      />
    );
  if (taking)
    return (
      <HandOver
        person={taking}
        handOver={(password) => handOver(taking.id, password)}
        onClose={() => setTaking(undefined)}
      />
    );
  if (letting)
    return (
      <PasswordLink person={letting} make={() => makePasswordLink(letting.id)} onClose={() => setLetting(undefined)} />
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
                inWorkspace={{
                  setRole: (role) => attempt(setRole(person.id, role)),
                  handOver: () => setTaking(person),
                  makePasswordLink: () => setLetting(person),
                  remove: () => setRemoving(person),
                }}
              />
            )
          }
        </PeopleList>
      </div>
    </Dialog>
  );
}
