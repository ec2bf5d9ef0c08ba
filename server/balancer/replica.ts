import { Agent } from 'node:http';
import { type Health, type ReplicaState, startingHealth } from './replica-health.ts';
import { createSlots, type Slots } from './slots.ts';
import type { Timings } from './timings.ts';
import type { Upstream } from './upstream.ts';

/** One chat replica as the balancer knows it: where it is, how it fares, and what was counted. */
export type Replica = {
  readonly id: string;
  upstream: Upstream;
  /** Whether its address is there; where it isn't, nothing is tried. */
  present: boolean;
  health: Health;
  order: Order;
  /** A whole number from 1 to 100, relative to the others'. */
  weight: number;
  /** When and why it came into its state. */
  since: number;
  cause: string;
  /** When it became usable, in milliseconds since 1970. */
  usableSince: number;
  /** At most so many handshakes at once: after a crash thousands of clients come back in the same second. */
  readonly handshakes: Slots;
  readonly requests: Slots;
  /** Requests with a body that may take long to come, which must not take the places of all the others. */
  readonly uploads: Slots;
  /** Kept-alive connections for plain HTTP. */
  readonly agent: Agent;
  readonly counters: ReplicaCounters;
};

/** What somebody ordered; it outlives the replica's process. */
export type Order = 'none' | 'pause' | 'drain';

/** An order is stronger than any check, which goes on all the same. */
export function stateOf({ order, health }: Pick<Replica, 'order' | 'health'>): ReplicaState {
  switch (order) {
    case 'none':
      return health.state;
    case 'pause':
      return 'paused';
    case 'drain':
      return 'draining';
  }
}

/** Connections, and those that are about to be. */
export function loadOf({ counters, handshakes }: Replica): number {
  return counters.tunnels + handshakes.taken + handshakes.queued;
}

type ReplicaCounters = {
  /** Open now. */
  tunnels: number;
  requests: number;
  /** Since the balancer started. */
  connectionsAssigned: number;
  requestsAssigned: number;
  connectsFailed: number;
  handshakesFailed: number;
  requestsFailed: number;
  /** Turns that went on to another replica because the connect failed. */
  redispatched: number;
  ejections: number;
  /** Of tunnels that are closed; `Tunnels` knows the others'. */
  bytesFromClients: number;
  bytesToClients: number;
  tunnelsClosed: Record<CloseReason, number>;
};

/** Who ended a tunnel, or why the balancer did. */
export const closeReasons = ['client', 'replica', 'idle', 'age', 'drain', 'rebalance', 'stop'] as const;
export type CloseReason = (typeof closeReasons)[number];

const concurrentHandshakes = 64;
const concurrentRequests = 256;
const concurrentUploads = 128;
const queueLimit = 4_096;
const idleRequestConnections = 32;

export function createReplica(upstream: Upstream, timings: Timings): Replica {
  return {
    id: upstream.id,
    upstream,
    present: true,
    health: startingHealth,
    order: 'none',
    weight: 1,
    since: Date.now(),
    cause: 'found',
    usableSince: 0,
    handshakes: createSlots(concurrentHandshakes, queueLimit),
    requests: createSlots(concurrentRequests, queueLimit),
    uploads: createSlots(concurrentUploads, queueLimit),
    // The time-out closes idle connections too, well before the replica's 75 s would, so that none is lent as it dies.
    agent: new Agent({
      keepAlive: true,
      maxFreeSockets: idleRequestConnections,
      timeout: timings.bodyStallMs,
    }),
    counters: {
      tunnels: 0,
      requests: 0,
      connectionsAssigned: 0,
      requestsAssigned: 0,
      connectsFailed: 0,
      handshakesFailed: 0,
      requestsFailed: 0,
      redispatched: 0,
      ejections: 0,
      bytesFromClients: 0,
      bytesToClients: 0,
      tunnelsClosed: { client: 0, replica: 0, idle: 0, age: 0, drain: 0, rebalance: 0, stop: 0 },
    },
  };
}
