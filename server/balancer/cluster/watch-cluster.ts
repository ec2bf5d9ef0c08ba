import type { ReplicaEvent } from '../announcer.ts';
import type { Replicas } from '../replicas.ts';
import type { ClusterState } from './cluster-state.ts';

export type ClusterEvent =
  | { kind: 'state'; state: ClusterState }
  | ReplicaEvent
  /** So many turns weren't told, since this watcher reads too slowly; the states have the sums. */
  | { kind: 'skipped'; count: number };

type Options = { replicas: Replicas; read(): ClusterState; until: number; signal: AbortSignal };

const stateIntervalMs = 1_000;
const queueLimit = 1_000;

/** The state at once and every second, and between them each turn and change as it happens. */
export async function* watchCluster({ replicas, read, until, signal }: Options): AsyncGenerator<ClusterEvent> {
  let queue: ClusterEvent[] = [{ kind: 'state', state: read() }];
  let skipped = 0;
  let wake = (): void => undefined;

  function add(event: ClusterEvent): void {
    if (queue.length < queueLimit) queue.push(event);
    else skipped += 1;
    wake();
  }

  const unfollow = replicas.follow(add);
  const timer = setInterval(() => add({ kind: 'state', state: read() }), stateIntervalMs);
  const abort = (): void => wake();
  signal.addEventListener('abort', abort);
  try {
    while (!signal.aborted && Date.now() < until) {
      const due = queue;
      queue = [];
      yield* due;
      if (skipped > 0) yield { kind: 'skipped', count: skipped };
      skipped = 0;
      if (queue.length > 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    unfollow();
    clearInterval(timer);
    signal.removeEventListener('abort', abort);
  }
}
