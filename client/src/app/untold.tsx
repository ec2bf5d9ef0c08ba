import { useEffect, useState } from 'react';
import type { JoinedChannel, Person } from '../../../shared/protocol.ts';
import { Button, IconButton } from '../design/button.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { peopleOutside } from '../mentions/people-outside.ts';
import { useExplain } from '../wire/use-explain.ts';
import { mayDescribe } from './permissions.ts';
import { useSession } from './session-context.tsx';
import './untold.css';

type UntoldProps = { channel: JoinedChannel; me: Person; text: string; onClose(): void };

/** To who has just written it: whom a message names without reaching them, and the way to have them here. */
export function Untold({ channel, me, text, onClose }: UntoldProps) {
  const { ask } = useSession();
  const { actions, channels, mentionList } = useMorePhrases();
  const formats = useFormats();
  const explain = useExplain();
  const [people, setPeople] = useState<Person[]>([]);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let current = true;
    peopleOutside((input) => ask.members.search.query(input), channel.id, text).then(
      (found) => current && setPeople(found.filter(({ id }) => id !== me.id)),
      // Without an answer nothing is known, and nothing is said.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [ask, channel.id, me.id, text]);
  const names = formats.list(people.map(({ name }) => name));
  const add = () =>
    ask.channels.addPeople
      .mutate({ channel: channel.id, people: people.map(({ id }) => id) })
      .then(onClose, (error: unknown) => setFault(explain(error)));
  return (
    <div role="status">
      {people.length > 0 && (
        <p className="untold">
          <span>{fault ?? mentionList.untold(names, people.length)}</span>
          {mayDescribe(me, channel) && (
            <Button size="small" aria-label={mentionList.untoldAdd(names)} onClick={() => void add()}>
              {channels.add}
            </Button>
          )}
          <IconButton icon="close" label={actions.close} onClick={onClose} />
        </p>
      )}
    </div>
  );
}
