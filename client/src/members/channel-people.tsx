import { useState } from 'react';
import type { JoinedChannel, Person } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { PeopleList } from './people-list.tsx';
import { PersonMenu } from './person-menu.tsx';
import type { SearchPeople } from './use-people.ts';

type ChannelPeopleProps = {
  channel: JoinedChannel;
  me: Person;
  search: SearchPeople;
  mayLookAfter: boolean;
  onAdd: (() => void) | undefined;
  onMessage(person: number): Promise<unknown>;
  remove(person: number): Promise<unknown>;
  setOwner(person: number, owner: boolean): Promise<unknown>;
};

/** Who is in a channel, and what may be done about it. */
export function ChannelPeople(props: ChannelPeopleProps) {
  const { channel, me, search, mayLookAfter, onAdd, onMessage, remove, setOwner } = props;
  const { channels, members } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const attempt = (call: Promise<unknown>) => {
    setFault(undefined);
    void call.catch((error: unknown) => setFault(explain(error)));
  };
  if (channel.direct)
    return (
      <ul className="people" aria-label={channels.people}>
        {channel.people.map((person) => (
          <li key={person.id}>
            <Avatar id={person.id} name={person.name} picture={person.avatar} />
            <span className="people-name">
              <button type="button" className="name-button" data-person={person.id}>
                <bdi>{person.name}</bdi>
              </button>
            </span>
          </li>
        ))}
      </ul>
    );
  return (
    <div className="people-scroll">
      {onAdd && (
        <Button onClick={onAdd}>
          <Icon name="invite" />
          {channels.addPeople}
        </Button>
      )}
      <Fault>{fault}</Fault>
      <PeopleList search={search} channel={channel.id} label={channels.people}>
        {(person) =>
          person.id === me.id ? (
            <span className="people-aside">{members.you}</span>
          ) : (
            <PersonMenu
              me={me}
              person={person}
              message={() => attempt(onMessage(person.id))}
              inChannel={
                mayLookAfter
                  ? {
                      owner: person.owner,
                      setOwner: (owner) => attempt(setOwner(person.id, owner)),
                      remove: () => attempt(remove(person.id)),
                    }
                  : undefined
              }
            />
          )
        }
      </PeopleList>
    </div>
  );
}
