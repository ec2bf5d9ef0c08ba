import type { Frame, LogEvent, Notice, protocolVersion } from '../../../shared/protocol.ts';
import { type Cell, createCell } from '../cell.ts';
import type { Ask } from '../wire/ask.ts';
import { refusalOf } from '../wire/refusal.ts';
import type { ConnectionState, Proof } from './connection-state.ts';
import {
  type Heads,
  type Hole,
  type Ledger,
  openLedger,
  reach,
  takeEvent,
  type Verdict,
  withPromise,
} from './stream-ledger.ts';

const understoodProtocol: typeof protocolVersion = 1;
const resubscribeDelayMs = 1_000;

type Listeners = {
  /** Each event of mine once, in the log's order. Whatever it throws is reported, never lost in the transport. */
  onEvent(event: LogEvent): void;
  /** What is cached may have holes: take every snapshot again. */
  onResync(): void;
  /** Another log answers, or takes me for somebody else: nothing of this session belongs there, and it ends. */
  onStranger(): void;
};

/** Who follows; `from`: where an earlier page of theirs had come to. */
type Start = { me: number; from?: Reached | undefined };
export type Reached = { log: string; ledger: Ledger };

export type LogFollower = {
  state: Cell<ConnectionState>;
  proof: Cell<Proof>;
  /** Subscribes again from where we are, on whatever socket there is now. */
  resume(): void;
  /** How far everything has come without a hole; undefined until that is known. */
  reached(): Reached | undefined;
  /** The session is over: nothing reconnects from here on. */
  endSession(): void;
  stop(): void;
};

/** Keeps one `events` subscription alive, from the last contiguous event on, and proves with the ledger that none is missing. */
export function followLog(ask: Ask, { onEvent, onResync, onStranger }: Listeners, { me, from }: Start): LogFollower {
  const state = createCell<ConnectionState>({ kind: 'connecting', since: Date.now() });
  const proof = createCell<Proof>({
    position: from?.ledger.position ?? 0,
    missing: 0,
    mended: 0,
    events: 0,
    streams: 0,
  });
  let ledger = from?.ledger;
  let log = from?.log;
  let hole: Hole | undefined;
  let subscription: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let events = 0;
  let ended = false;

  const disconnected = () => {
    const now = state.get();
    if (now.kind === 'online') state.set({ kind: 'waiting', since: Date.now(), replica: now.replica });
  };

  const subscribe = () => {
    unsubscribe();
    if (ended) return;
    const lastEventId = ledger === undefined ? null : `${log}.${ledger.position}`;
    const mine = ask.events.subscribe(
      { lastEventId },
      {
        onData: ({ id, data }) => {
          if (subscription === mine) take(id, data);
        },
        onConnectionStateChange: (change) => {
          if (change.state !== 'pending') disconnected();
        },
        onError: (error) => {
          if (refusalOf(error)?.reason === 'not-signed-in') endSession();
          else subscribeSoon();
        },
        onComplete: () => {
          if (subscription === mine) subscribeSoon();
        },
      },
    );
    subscription = mine;
  };

  const unsubscribe = () => {
    clearTimeout(timer);
    const old = subscription;
    subscription = undefined;
    old?.unsubscribe();
  };

  const subscribeSoon = () => {
    disconnected();
    clearTimeout(timer);
    timer = setTimeout(subscribe, resubscribeDelayMs * (0.5 + Math.random()));
  };

  const take = (id: string, frame: Frame) => {
    if ('seq' in frame) {
      if (ledger !== undefined) settle(takeEvent(ledger, frame), frame);
    } else if (frame.kind === 'hello') greet(frame);
    else if (frame.kind === 'resync') restart(frame);
    else if (frame.kind === 'heartbeat' && ledger !== undefined) settle(reach(ledger, seqOf(id)));
  };

  const greet = (hello: Extract<Notice, { kind: 'hello' }>) => {
    const { replica, version, protocol, head, heads } = hello;
    if (hello.member !== me || (log !== undefined && hello.log !== log)) {
      onStranger();
      return endSession();
    }
    log = hello.log;
    if (ledger !== undefined) settle(withPromise(ledger, { head, heads }));
    else restart(hello);
    state.set({ kind: 'online', replica, log, version, outdated: protocol > understoodProtocol });
  };

  const restart = (heads: Heads) => {
    const anew = ledger !== undefined || hole !== undefined;
    ledger = openLedger(heads);
    hole = undefined;
    report();
    if (anew) attempt(onResync);
  };

  const settle = (verdict: Verdict, event?: LogEvent) => {
    if (verdict.kind === 'hole') return mend(verdict.hole);
    if (verdict.kind === 'repeated') return;
    ledger = verdict.ledger;
    if (hole && ledger.position > hole.after && event?.stream === hole.stream) hole = undefined;
    if (hole && ledger.promised === undefined && event === undefined) hole = undefined;
    if (event !== undefined) events += 1;
    report();
    if (event !== undefined) attempt(() => onEvent(event));
  };

  /** First from the last contiguous point; where the same hole shows again, everything anew. */
  const mend = (found: Hole) => {
    const again = hole?.stream === found.stream && hole.after === found.after;
    hole = found;
    proof.set({ ...proof.get(), missing: 1, mended: proof.get().mended + 1 });
    if (again) ledger = undefined;
    subscribe();
  };

  const report = () => {
    if (!ledger) return;
    const { position, streams } = ledger;
    proof.set({ ...proof.get(), position, missing: hole ? 1 : 0, events, streams: streams.size });
  };

  const endSession = () => {
    ended = true;
    unsubscribe();
    state.set({ kind: 'signed-out' });
  };

  subscribe();
  return {
    state,
    proof,
    resume: subscribe,
    reached: () => (log === undefined || ledger === undefined ? undefined : { log, ledger: unpromised(ledger) }),
    endSession,
    stop() {
      ended = true;
      unsubscribe();
    },
  };
}

/** What a hello promised is of that connection alone. */
function unpromised({ position, streams }: Ledger): Ledger {
  return { position, streams, promised: undefined };
}

function seqOf(cursor: string): number {
  return Number(cursor.slice(cursor.indexOf('.') + 1));
}

/** Should applying an event ever fail, the next ones must still come. */
function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    reportError(error);
  }
}
