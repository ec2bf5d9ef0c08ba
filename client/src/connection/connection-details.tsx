import { type ReactNode, useState } from 'react';
import type { Cell } from '../cell.ts';
import { later } from '../design/later.tsx';
import { Menu } from '../design/menu.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from '../loading/with-phrases.ts';
import type { ConnectionState, Proof } from './connection-state.ts';
import './connection.css';

type ConnectionDetailsProps = {
  state: ConnectionState;
  proof: Cell<Proof>;
  ping(signal: AbortSignal): Promise<unknown>;
  more?: ReactNode;
};

const ConnectionProof = later(withPhrases(async () => (await import('./connection-proof.tsx')).ConnectionProof));

/** The light beside one's name, and behind it the proof that no message is missing. */
export function ConnectionDetails({ state, proof, ping, more }: ConnectionDetailsProps) {
  const { connection } = usePhrases();
  const [watched, setWatched] = useState<boolean>();
  const words = {
    connecting: connection.connecting,
    online: connection.connected,
    waiting: connection.waiting,
    'signed-out': connection.waiting,
  };
  return (
    <Menu
      side="above"
      onToggle={setWatched}
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
      {watched !== undefined && <ConnectionProof {...{ state, proof, ping, watched, more }} />}
    </Menu>
  );
}
