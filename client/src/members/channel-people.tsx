import { useState } from 'react';
import type { JoinedChannel, ListedPerson } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { PeopleList } from './people-list.tsx';
import type { SearchPeople } from './use-people.ts';

type ChannelPeopleProps = {
  channel: JoinedChannel;
  me: number;
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
            <Avatar id={person.id} name={person.name} />
            <span className="people-name">
              <bdi>{person.name}</bdi>
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
          person.id === me ? (
            <span className="people-aside">{members.you}</span>
          ) : (
            <PersonMenu
              person={person}
              message={() => attempt(onMessage(person.id))}
              remove={mayLookAfter ? () => attempt(remove(person.id)) : undefined}
              setOwner={
                mayLookAfter && person.role !== 'guest' ? () => attempt(setOwner(person.id, !person.owner)) : undefined
              }
            />
          )
        }
      </PeopleList>
    </div>
  );
}

type PersonMenuProps = {
  person: ListedPerson;
  message(): void;
  remove: (() => void) | undefined;
  setOwner: (() => void) | undefined;
};

function PersonMenu({ person, message, remove, setOwner }: PersonMenuProps) {
  const { channels, members, channelDialogs } = useMorePhrases();
  return (
    <Menu
      button={<Icon name="more" />}
      buttonProps={{ className: 'icon-button', 'aria-label': channelDialogs.personMenu(person.name) }}
    >
      <button type="button" onClick={message}>
        <Icon name="message" />
        {members.message}
      </button>
      {setOwner && (
        <button type="button" onClick={setOwner}>
          <Icon name="star" />
          {person.owner ? channelDialogs.unmakeOwner : channelDialogs.makeOwner}
        </button>
      )}
      {remove && (
        <button type="button" onClick={remove}>
          <Icon name="leave" />
          {channels.removePerson}
        </button>
      )}
    </Menu>
  );
}
