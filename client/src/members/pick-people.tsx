import { useState } from 'react';
import type { ListedPerson, Person } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { PeopleList } from './people-list.tsx';
import type { SearchPeople } from './use-people.ts';

type PickPeopleProps = {
  title: string;
  text: string;
  /** What pressing the button does. */
  action: string;
  limit: number;
  search: SearchPeople;
  me: number;
  confirm(people: number[]): Promise<unknown>;
  onClose(): void;
};

/** Some of all the people here, to talk to or to let in. */
export function PickPeople({ title, text, action, limit, search, me, confirm, onClose }: PickPeopleProps) {
  const { members, actions } = useMorePhrases();
  const explain = useExplain();
  const [picked, setPicked] = useState<readonly Person[]>([]);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const isPicked = ({ id }: Person) => picked.some((person) => person.id === id);
  const toggle = (person: ListedPerson) => {
    setFault(undefined);
    if (isPicked(person)) setPicked(picked.filter(({ id }) => id !== person.id));
    else if (picked.length >= limit) setFault(members.atMost(limit));
    else setPicked([...picked, person]);
  };
  const submit = async () => {
    setBusy(true);
    try {
      await confirm(picked.map(({ id }) => id));
      onClose();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{text}</p>
      {picked.length > 0 && (
        <ul className="picked" aria-label={members.picked}>
          {picked.map((person) => (
            <li key={person.id}>
              <bdi>{person.name}</bdi>
              <button
                type="button"
                aria-label={members.unpick(person.name)}
                onClick={() => setPicked(picked.filter(({ id }) => id !== person.id))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="people-scroll">
        <PeopleList search={search} label={members.everyone} onFirst={(person) => person.id !== me && toggle(person)}>
          {(person) =>
            person.id === me ? (
              <span className="people-aside">{members.you}</span>
            ) : (
              <Button
                size="small"
                kind={isPicked(person) ? 'primary' : 'quiet'}
                aria-pressed={isPicked(person)}
                aria-label={members.pick(person.name)}
                onClick={() => toggle(person)}
              >
                <Icon name={isPicked(person) ? 'check' : 'plus'} />
              </Button>
            )
          }
        </PeopleList>
      </div>
      <Fault>{fault}</Fault>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button kind="primary" busy={busy} disabled={picked.length === 0} onClick={() => void submit()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
