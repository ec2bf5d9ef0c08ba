import type { Logger } from '../logger.ts';
import { findFaultIn } from './readiness.ts';
import { createReplica, type Replica } from './replica.ts';
import { watchReplicaFolder } from './replica-folder.ts';
import { afterFact, type HealthFact, isUsable, startingHealth } from './replica-health.ts';
import type { Timings } from './timings.ts';
import { compareIds, createTurns } from './turns.ts';
import type { Upstream } from './upstream.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

/** WebSocket connections and HTTP requests take turns apart, so that neither disturbs the other's order. */
export type Work = 'connections' | 'requests';

export type Replicas = {
  list(): readonly Replica[];
  usable(): boolean;
  /** The replica whose turn it is among the usable ones that weren't tried yet. */
  take(work: Work, tried: ReadonlySet<string>): Replica | undefined;
  connected(replica: Replica): void;
  connectFailed(replica: Replica, cause: string): void;
  /** For those whom no replica could take. */
  readonly waitingRoom: WaitingRoom;
  close(): void;
};

type Options = { directory: string; timings: Timings; log: Logger };

const waitingLimit = 10_000;
const rememberedReplicas = 64;

export function createReplicas({ directory, timings, log }: Options): Replicas {
  const known = new Map<string, Replica>();
  const turns = { connections: createTurns(), requests: createTurns() };
  const waitingRoom = createWaitingRoom(waitingLimit);
  const closing = new AbortController();
  let usableIds: readonly string[] = [];

  const folder = watchReplicaFolder({ directory, timings, found });

  function found(upstreams: Upstream[]): void {
    for (const upstream of upstreams) {
      const replica = known.get(upstream.id);
      if (replica?.upstream.incarnation === upstream.incarnation && replica.health.state !== 'draining') continue;
      if (replica === undefined) meet(createReplica(upstream, timings));
      else meet(replica, upstream);
    }
    const present = new Set(upstreams.map(({ id }) => id));
    for (const replica of known.values()) if (!present.has(replica.id)) learn(replica, { kind: 'socket-gone' });
    forgetTheLongGone();
  }

  function meet(replica: Replica, upstream = replica.upstream): void {
    const from = known.has(replica.id) ? replica.health.state : 'unknown';
    replica.upstream = upstream;
    replica.health = startingHealth;
    known.set(replica.id, replica);
    log.info('replica-state', { replica: replica.id, from, to: 'starting', cause: 'a new socket' });
    listUsable();
    void keepChecking(replica);
  }

  /** Ends with the incarnation that it was started for. */
  async function keepChecking(replica: Replica): Promise<void> {
    const { upstream } = replica;
    const current = () =>
      !closing.signal.aborted && replica.upstream === upstream && replica.health.state !== 'draining';
    while (current()) {
      const fault = await findFaultIn(upstream, timings.checkTimeoutMs, closing.signal);
      if (!current()) return;
      if (fault === undefined) learn(replica, { kind: 'check-passed', at: Date.now() });
      else learn(replica, { kind: 'check-failed' }, fault);
      const { firstCheckIntervalMs, checkIntervalMs } = timings;
      await pause(replica.health.state === 'starting' ? firstCheckIntervalMs : checkIntervalMs, closing.signal);
    }
  }

  function learn(replica: Replica, fact: HealthFact, detail?: string): void {
    const before = replica.health;
    replica.health = afterFact(before, fact);
    const [from, to] = [before.state, replica.health.state];
    if (from !== to) {
      const cause = detail === undefined ? fact.kind : `${fact.kind}: ${detail}`;
      const fields = { replica: replica.id, from, to, cause };
      if (to === 'down' || to === 'suspect') log.warn('replica-state', fields);
      else log.info('replica-state', fields);
      listUsable();
      if (!isUsable(replica.health)) for (const slots of [replica.handshakes, replica.requests]) slots.dismissAll();
    }
    if (replica.health.ejections > before.ejections) replica.counters.ejections += 1;
    // Not only on a change: whoever waits because a connect failed should try again as soon as there is hope.
    if (fact.kind === 'check-passed' && isUsable(replica.health)) waitingRoom.callAll();
  }

  function listUsable(): void {
    usableIds = [...known.values()]
      .filter(({ health }) => isUsable(health))
      .map(({ id }) => id)
      .sort(compareIds);
  }

  /** Ids are few and stable, so counters live on; only a folder full of ever new names must not grow the map. */
  function forgetTheLongGone(): void {
    for (const replica of known.values()) {
      if (known.size <= rememberedReplicas) return;
      if (['down', 'draining'].includes(replica.health.state) && replica.counters.tunnels === 0)
        known.delete(replica.id);
    }
  }

  return {
    list: () => [...known.values()].sort((one, other) => compareIds(one.id, other.id)),
    usable: () => usableIds.length > 0,
    take(work, tried) {
      const turn = turns[work].next(usableIds, tried);
      const replica = turn === undefined ? undefined : known.get(turn);
      if (replica === undefined) return undefined;
      if (work === 'connections') replica.counters.connectionsAssigned += 1;
      else replica.counters.requestsAssigned += 1;
      return replica;
    },
    connected: (replica) => learn(replica, { kind: 'connected' }),
    connectFailed(replica, cause) {
      replica.counters.connectsFailed += 1;
      // Half to one and a half times, so that replicas ejected together don't come back together.
      const ejectionMs = timings.ejectionMs * (0.5 + Math.random());
      learn(replica, { kind: 'connect-failed', at: Date.now(), ejectionMs }, cause);
      folder.rescan();
    },
    waitingRoom,
    close() {
      closing.abort();
      folder.close();
      waitingRoom.refuseAll();
      for (const replica of known.values()) replica.agent.destroy();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
