import { useEffect, useState } from 'react';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import type { OpenDialog } from './chat-dialogs.tsx';
import { useSession } from './session-context.tsx';
import './first-steps.css';

/** What to do first in an empty workspace, until somebody else has joined. */
export function FirstSteps({ open }: { open(dialog: OpenDialog): void }) {
  const { ask, heard } = useSession();
  const { firstSteps } = useMorePhrases();
  const [alone, setAlone] = useState(false);
  useEffect(() => {
    let waits = true;
    const stop = heard.subscribe(() => {
      if (heard.get()?.kind !== 'member-joined') return;
      waits = false;
      setAlone(false);
    });
    ask.members.search.query({ limit: 1 }).then(
      ({ total }) => waits && setAlone(total === 1),
      () => undefined,
    );
    return () => {
      waits = false;
      stop();
    };
  }, [ask, heard]);
  if (!alone) return null;
  return (
    <section className="first-steps" aria-label={firstSteps.title}>
      <h3>{firstSteps.title}</h3>
      <p>{firstSteps.text}</p>
      <div>
        <Button kind="primary" onClick={() => open({ kind: 'invite' })}>
          {firstSteps.invite}
        </Button>
        <Button onClick={() => open({ kind: 'create' })}>{firstSteps.create}</Button>
        <Button onClick={() => open({ kind: 'notices' })}>{firstSteps.notices}</Button>
      </div>
    </section>
  );
}
