import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { useMorePhrases } from '../../language/use-phrases.ts';
import { LabCounter } from './lab-counter.tsx';
import { LoadControl } from './load-control.tsx';
import { OpenLab } from './open-lab.tsx';
import type { Lab } from './use-lab.ts';
import './lab.css';

/** Where the owner lets virtual members write, and sees what becomes of each of their messages. */
export function LabPanel({ lab }: { lab: Lab }) {
  const { lab: phrases } = useMorePhrases();
  const [asking, setAsking] = useState(false);
  const [closing, setClosing] = useState(false);
  if (lab.kind === 'asking') return null;
  return (
    <section className="lab" aria-labelledby="lab-title">
      <header>
        <h2 id="lab-title">{phrases.title}</h2>
        {lab.kind === 'closed' && (
          <Button kind="primary" size="small" onClick={() => setAsking(true)}>
            {phrases.open}
          </Button>
        )}
        {lab.kind === 'open' && (
          <Button
            size="small"
            busy={closing}
            onClick={() => {
              setClosing(true);
              void lab.close().finally(() => setClosing(false));
            }}
          >
            {phrases.close}
          </Button>
        )}
      </header>
      {lab.kind === 'absent' && <p>{phrases.absent}</p>}
      {lab.kind === 'closed' && <p>{lab.load ? phrases.closed : phrases.inContainers}</p>}
      {lab.kind === 'open' && lab.state.load === null && <p>{phrases.inContainers}</p>}
      {lab.kind === 'open' && lab.state.load !== null && (
        <>
          <LoadControl load={lab.state.load} give={lab.give} />
          <LabCounter figures={lab.state.figures} />
        </>
      )}
      {asking && lab.kind === 'closed' && <OpenLab {...lab} onClose={() => setAsking(false)} />}
    </section>
  );
}
