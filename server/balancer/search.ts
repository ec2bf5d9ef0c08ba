import type { Replica } from './replica.ts';
import type { Replicas, Work } from './replicas.ts';

export type Search = {
  /** The connect to the one found failed and nothing was sent: on to the next. */
  goOn(): void;
  abandon(): void;
};

type Options = {
  work: Work;
  /** For everything together, however often it goes on. */
  waitMs: number;
  found(replica: Replica): void;
  refused(reason: 'no-replica' | 'overloaded'): void;
};

/** Nearly everybody's first turn is the last. */
const none: ReadonlySet<string> = new Set();

/** Finds a replica for one connection or request: in turn, each one once, and waiting while there is none. */
export function startSearch(replicas: Replicas, { work, waitMs, found, refused }: Options): Search {
  const until = Date.now() + waitMs;
  let tried = none;
  let latest = '';
  const waiter = { called: look, timedOut: () => refused('no-replica') };

  function look(): void {
    tried = none;
    next();
  }

  function next(): void {
    const replica = replicas.take(work, tried);
    if (replica === undefined) {
      if (!replicas.waitingRoom.enter(waiter, Math.max(0, until - Date.now()))) refused('overloaded');
      return;
    }
    latest = replica.id;
    found(replica);
  }

  next();
  return {
    goOn() {
      tried = new Set([...tried, latest]);
      next();
    },
    abandon: () => replicas.waitingRoom.leave(waiter),
  };
}
