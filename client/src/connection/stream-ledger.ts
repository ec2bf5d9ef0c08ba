import type { LogEvent } from '../../../shared/protocol.ts';

/**
 * How far each of my streams has come, to prove that no event is missing: every event names the one before it in its
 * stream, and what the hello promised must have come once the position passes it.
 */
export type Ledger = {
  /** Seq up to which everything has come. */
  position: number;
  streams: ReadonlyMap<string, Reached>;
  promised: Heads | undefined;
};

export type Heads = { head: number; heads: Readonly<Record<string, number>> };

/** Of a channel joined at `seq` no event is known yet: its first one's predecessor isn't after that. */
type Reached = { seq: number; exact: boolean };

export type Hole = { stream: string; after: number };

export type Verdict = { kind: 'next'; ledger: Ledger } | { kind: 'repeated' } | { kind: 'hole'; hole: Hole };

/** All up to `head` comes with the snapshots, what follows with the stream. */
export function openLedger({ head, heads }: Heads): Ledger {
  const streams = new Map(Object.entries(heads).map(([stream, seq]) => [stream, { seq, exact: true }]));
  return { position: head, streams, promised: undefined };
}

/** After reconnecting: all up to `head` is still to come, and will be held against this. */
export function withPromise(ledger: Ledger, promised: Heads): Verdict {
  return kept({ ...ledger, promised });
}

/** The server says that nothing up to `seq` is left to send. */
export function reach(ledger: Ledger, seq: number): Verdict {
  return seq <= ledger.position ? { kind: 'repeated' } : kept({ ...ledger, position: seq });
}

export function takeEvent(ledger: Ledger, event: LogEvent): Verdict {
  if (event.seq <= ledger.position) return { kind: 'repeated' };
  const before = ledger.promised && event.seq > ledger.promised.head ? reach(ledger, event.seq - 1) : undefined;
  if (before?.kind === 'hole') return before;
  const known = ledger.streams.get(event.stream);
  if (known && (known.exact ? event.previous !== known.seq : event.previous > known.seq))
    return { kind: 'hole', hole: { stream: event.stream, after: known.seq } };
  const streams = new Map(ledger.streams).set(event.stream, { seq: event.seq, exact: true });
  if (event.kind === 'channel-left') streams.delete(`channel:${event.channel}`);
  if (event.kind === 'channel-joined') joined(streams, event.channel.id, event.seq);
  return kept({ ...(before?.kind === 'next' ? before.ledger : ledger), position: event.seq, streams });
}

function joined(streams: Map<string, Reached>, channel: number, seq: number): void {
  const stream = `channel:${channel}`;
  if (!streams.has(stream)) streams.set(stream, { seq, exact: false });
}

/** Checks a promise that has come due. */
function kept(ledger: Ledger): Verdict {
  const { promised, position, streams } = ledger;
  if (promised === undefined || position < promised.head) return { kind: 'next', ledger };
  const adopted = new Map(streams);
  for (const [stream, seq] of Object.entries(promised.heads)) {
    const known = streams.get(stream);
    if (known === undefined) adopted.set(stream, { seq, exact: true });
    else if (known.seq < seq) return { kind: 'hole', hole: { stream, after: known.seq } };
  }
  return { kind: 'next', ledger: { ...ledger, streams: adopted, promised: undefined } };
}
