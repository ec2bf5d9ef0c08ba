import type { Logger } from '../logger.ts';
import { createAnnouncer, type ReplicaEvent } from './announcer.ts';
import { keepChecking } from './keep-checking.ts';
import type { Policy } from './policy.ts';
import { createReplica, loadOf, type Order, type Replica, stateOf } from './replica.ts';
import { type ReplicaAddress, watchReplicaAddresses } from './replica-addresses.ts';
import { watchReplicaFolder } from './replica-folder.ts';
import { afterFact, type HealthFact, isUsable, startingHealth } from './replica-health.ts';
import { leastLoaded, weightAt } from './shares.ts';
import type { Timings } from './timings.ts';
import { type Candidate, compareIds, createTurns } from './turns.ts';
import type { Upstream } from './upstream.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

/** WebSocket connections and HTTP requests take turns apart, so that neither disturbs the other's order. */
export type Work = 'connections' | 'requests';

export type Replicas = {
  list(): readonly Replica[];
  find(id: string): Replica | undefined;
  usable(): boolean;
  /** Usable ones with the weight that counts now. */
  shares(): (Candidate & { load: number })[];
  /** The replica whose turn it is among the usable ones that weren't tried yet. */
  take(work: Work, tried: ReadonlySet<string>): Replica | undefined;
  /** Who had the last turn. */
  served(work: Work): string;
  connected(replica: Replica): void;
  connectFailed(replica: Replica, cause: string): void;
  answered(replica: Replica): void;
  handshakeFailed(replica: Replica, cause: string): void;
  order(replica: Replica, order: Order, by: string): void;
  weigh(replica: Replica, weight: number, by: string): void;
  /** Tells of each turn and each change as it happens; returns what ends it. */
  follow(listener: (event: ReplicaEvent) => void): () => void;
  /** For those whom no replica could take. */
  readonly waitingRoom: WaitingRoom;
  close(): void;
};

type Options = {
  directory: string;
  addresses?: readonly ReplicaAddress[] | undefined;
  policy: Policy;
  timings: Timings;
  log: Logger;
};

const waitingLimit = 10_000;
const rememberedReplicas = 64;

export function createReplicas({ directory, addresses = [], policy, timings, log }: Options): Replicas {
  const known = new Map<string, Replica>();
  const turns = { connections: createTurns(), requests: createTurns() };
  const waitingRoom = createWaitingRoom(waitingLimit);
  const announcer = createAnnouncer();
  const closing = new AbortController();
  let usable: readonly Replica[] = [];
  let lastResorts: readonly Replica[] = [];

  const found = { folder: [] as Upstream[], addresses: [] as Upstream[] };
  const folder = watchReplicaFolder({ directory, timings, found: (upstreams) => discover('folder', upstreams) });
  const names = watchReplicaAddresses({ addresses, timings, found: (upstreams) => discover('addresses', upstreams) });

  function discover(source: keyof typeof found, upstreams: Upstream[]): void {
    found[source] = upstreams;
    const all = [...found.folder, ...found.addresses];
    for (const upstream of all) {
      const replica = known.get(upstream.id);
      if (replica?.present && replica.upstream.incarnation === upstream.incarnation) continue;
      meet(replica ?? createReplica(upstream, timings), upstream);
    }
    const present = new Set(all.map(({ id }) => id));
    for (const replica of known.values()) {
      if (present.has(replica.id) || !replica.present) continue;
      replica.present = false;
      learn(replica, { kind: 'socket-gone' });
    }
    listUsable();
    forgetTheLongGone();
  }

  function meet(replica: Replica, upstream: Upstream): void {
    const from = known.has(replica.id) ? stateOf(replica) : 'unknown';
    replica.upstream = upstream;
    replica.present = true;
    replica.health = startingHealth;
    known.set(replica.id, replica);
    changed(replica, from, 'a new address');
    /** Ends with the incarnation that it was started for. */
    const current = () => !closing.signal.aborted && replica.present && replica.upstream === upstream;
    void keepChecking({
      upstream,
      timings,
      current,
      starting: () => replica.health.state === 'starting',
      signal: closing.signal,
      learn(fact, detail) {
        learn(replica, fact, detail);
        if (fact.kind === 'check-passed') callIfUsable(replica);
      },
    });
  }

  function learn(replica: Replica, fact: HealthFact, detail?: string): void {
    const before = replica.health;
    const from = stateOf(replica);
    replica.health = afterFact(before, fact);
    if (replica.health === before) return;
    if (replica.health.ejections > before.ejections) replica.counters.ejections += 1;
    if (before.state !== replica.health.state)
      changed(replica, from, detail === undefined ? fact.kind : `${fact.kind}: ${detail}`);
  }

  /** Not only on a change: whoever waits because a connect failed should try again as soon as there is hope. */
  function callIfUsable(replica: Replica): void {
    if (isUsable({ state: stateOf(replica) })) waitingRoom.callAll();
  }

  function changed(replica: Replica, from: string, cause: string): void {
    const to = stateOf(replica);
    const was = usable.includes(replica);
    if (isUsable({ state: to }) && !was) replica.usableSince = Date.now();
    if (from !== to) {
      Object.assign(replica, { since: Date.now(), cause });
      const fields = { replica: replica.id, from, to, cause };
      if (to === 'down' || to === 'suspect') log.warn('replica-state', fields);
      else log.info('replica-state', fields);
      announcer.announce({ kind: 'state', at: Date.now(), replica: replica.id, from, to, cause });
    }
    listUsable();
    if (was && !usable.includes(replica))
      for (const slots of [replica.handshakes, replica.requests, replica.uploads]) slots.dismissAll();
  }

  function listUsable(): void {
    const panicked = lastResorts.length > 0;
    usable = inOrder().filter((each) => isUsable({ state: stateOf(each) }));
    lastResorts = usable.length > 0 ? [] : inOrder().filter((each) => each.present && stateOf(each) === 'down');
    if (lastResorts.length > 0 && !panicked) log.warn('panic', { trying: lastResorts.length });
    if (lastResorts.length === 0 && panicked) log.info('panic-over');
  }

  const inOrder = () => [...known.values()].sort((one, other) => compareIds(one.id, other.id));

  /** Ids are few and stable, so counters live on; only a folder full of ever new names must not grow the map. */
  function forgetTheLongGone(): void {
    for (const replica of known.values()) {
      if (known.size <= rememberedReplicas) return;
      if (!replica.present && replica.counters.tunnels === 0) known.delete(replica.id);
    }
  }

  function shares(): (Candidate & { load: number })[] {
    const now = Date.now();
    return usable.map((replica) => ({
      id: replica.id,
      weight: weightAt(replica.weight, now - replica.usableSince, policy.slowStartMs),
      load: loadOf(replica),
    }));
  }

  /** With all of them down the checks may be what is wrong: each is tried, and nobody waits in vain. */
  function candidatesFor(work: Work, tried: ReadonlySet<string>): readonly Candidate[] {
    if (usable.length === 0) return lastResorts;
    if (work === 'requests' || policy.balancing === 'round-robin') return policy.slowStartMs === 0 ? usable : shares();
    const untried = shares().filter(({ id }) => !tried.has(id));
    return untried.length === 0 ? [] : leastLoaded(untried);
  }

  function failed(replica: Replica, kind: 'connect-failed' | 'handshake-failed', cause: string): void {
    // Half to one and a half times, so that replicas ejected together don't come back together.
    const ejectionMs = timings.ejectionMs * (0.5 + Math.random());
    learn(replica, { kind, at: Date.now(), ejectionMs }, cause);
  }

  return {
    list: inOrder,
    find: (id) => known.get(id),
    usable: () => usable.length > 0,
    shares,
    take(work, tried) {
      const turn = turns[work].next(candidatesFor(work, tried), tried);
      const replica = turn === undefined ? undefined : known.get(turn);
      if (replica === undefined) return undefined;
      if (work === 'connections') replica.counters.connectionsAssigned += 1;
      else replica.counters.requestsAssigned += 1;
      if (tried.size > 0) replica.counters.redispatched += 1;
      announcer.announce({ kind: 'assigned', at: Date.now(), work, replica: replica.id, again: tried.size > 0 });
      return replica;
    },
    served: (work) => turns[work].served,
    connected: (replica) => learn(replica, { kind: 'connected' }),
    connectFailed(replica, cause) {
      replica.counters.connectsFailed += 1;
      failed(replica, 'connect-failed', cause);
      folder.rescan();
    },
    answered: (replica) => learn(replica, { kind: 'answered' }),
    handshakeFailed(replica, cause) {
      replica.counters.handshakesFailed += 1;
      failed(replica, 'handshake-failed', cause);
    },
    order(replica, order, by) {
      const from = stateOf(replica);
      replica.order = order;
      changed(replica, from, order === 'none' ? `order withdrawn by ${by}` : `${order} ordered by ${by}`);
      callIfUsable(replica);
    },
    weigh(replica, weight, by) {
      if (replica.weight === weight) return;
      log.info('replica-weight', { replica: replica.id, from: replica.weight, to: weight, by });
      announcer.announce({ kind: 'weight', at: Date.now(), replica: replica.id, weight });
      replica.weight = weight;
    },
    follow: announcer.follow,
    waitingRoom,
    close() {
      closing.abort();
      folder.close();
      names.close();
      waitingRoom.refuseAll();
      for (const replica of known.values()) replica.agent.destroy();
    },
  };
}
