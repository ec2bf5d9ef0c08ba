import { type ReactNode, useEffect, useState } from 'react';
import { type Cell, useCell } from '../cell.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import type { ConnectionState, Proof } from './connection-state.ts';

export type ConnectionProofProps = {
  state: ConnectionState;
  proof: Cell<Proof>;
  /** Resolves when the replica has answered over this page's own socket. */
  ping(signal: AbortSignal): Promise<unknown>;
  /** Whether anybody looks: only then the connection is measured. */
  watched: boolean;
  more: ReactNode;
};

/** Who serves this page, how far away that is, and the proof that no message is missing. */
export function ConnectionProof({ state, proof, ping, watched, more }: ConnectionProofProps) {
  const { proven } = useMorePhrases();
  const formats = useFormats();
  const { position, missing, mended, events, streams } = useCell(proof);
  const roundTripMs = useRoundTrip(ping, watched && state.kind === 'online');
  return (
    <div className="connection-details">
      <p className="connection-proof">{proven.caughtUp(formats.number(position), formats.number(missing))}</p>
      <p>{proven.checked(events, streams)}</p>
      {mended > 0 && <p>{proven.mended(mended)}</p>}
      {state.kind === 'online' && (
        <dl>
          <dt>{proven.replica}</dt>
          <dd>{state.replica}</dd>
          <dt>{proven.roundTrip}</dt>
          <dd>{roundTripMs === undefined ? '…' : proven.milliseconds(formats.number(roundTripMs))}</dd>
          <dt>{proven.log}</dt>
          <dd>{state.log}</dd>
          <dt>{proven.version}</dt>
          <dd>{state.version}</dd>
        </dl>
      )}
      <p className="connection-why">{proven.explanation}</p>
      {more}
    </div>
  );
}

const againAfterMs = 2_000;
const patienceMs = 5_000;

/** The quickest of the last answers: what comes on top of that is waiting, not way. */
function useRoundTrip(ping: ConnectionProofProps['ping'], on: boolean): number | undefined {
  const [times, setTimes] = useState<readonly number[]>([]);
  useEffect(() => {
    if (!on) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopping = new AbortController();
    async function measure(): Promise<void> {
      const from = performance.now();
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(patienceMs)]);
      const answered = await ping(signal).then(
        () => true,
        () => false,
      );
      if (stopping.signal.aborted) return;
      if (answered) setTimes((before) => [...before, performance.now() - from].slice(-5));
      timer = setTimeout(() => void measure(), againAfterMs);
    }
    void measure();
    return () => {
      stopping.abort();
      clearTimeout(timer);
      setTimes([]);
    };
  }, [ping, on]);
  return times.length === 0 ? undefined : Math.round(Math.min(...times) * 10) / 10;
}
