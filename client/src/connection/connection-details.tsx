import type { ReactNode } from 'react';
import { type Cell, useCell } from '../cell.ts';
import { Menu } from '../design/menu.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import type { ConnectionState, Proof } from './connection-state.ts';
import './connection.css';

type ConnectionDetailsProps = { state: ConnectionState; proof: Cell<Proof>; more?: ReactNode };

/** The light beside one's name, and behind it the proof that no message is missing. */
export function ConnectionDetails({ state, proof, more }: ConnectionDetailsProps) {
  const { connection } = usePhrases();
  const words = {
    connecting: connection.connecting,
    online: connection.connected,
    waiting: connection.waiting,
    'signed-out': connection.waiting,
  };
  return (
    <Menu
      side="above"
      button={
        <>
          <span className="connection-light" aria-hidden="true" />
          {words[state.kind]}
        </>
      }
      buttonProps={{
        className: 'connection-button',
        'aria-label': `${connection.details}: ${words[state.kind]}`,
        ...{ 'data-connection': state.kind, 'data-replica': state.kind === 'online' ? state.replica : undefined },
      }}
    >
      <Details state={state} proof={proof} more={more} />
    </Menu>
  );
}

function Details({ state, proof, more }: ConnectionDetailsProps) {
  const { connection } = usePhrases();
  const formats = useFormats();
  const { position, missing, mended } = useCell(proof);
  return (
    <div className="connection-details">
      <p className="connection-proof">{connection.caughtUp(formats.number(position), formats.number(missing))}</p>
      {mended > 0 && <p>{connection.mended(mended)}</p>}
      {state.kind === 'online' && (
        <dl>
          <dt>{connection.replica}</dt>
          <dd>{state.replica}</dd>
          <dt>{connection.log}</dt>
          <dd>{state.log}</dd>
          <dt>{connection.version}</dt>
          <dd>{state.version}</dd>
        </dl>
      )}
      <p className="connection-why">{connection.explanation}</p>
      {more}
    </div>
  );
}
