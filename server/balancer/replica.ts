import { Agent } from 'node:http';
import { type Health, startingHealth } from './replica-health.ts';
import { createSlots, type Slots } from './slots.ts';
import type { Timings } from './timings.ts';
import type { Upstream } from './upstream.ts';

/** One chat replica as the balancer knows it: where it is, how it fares, and what was counted. */
export type Replica = {
  readonly id: string;
  upstream: Upstream;
  health: Health;
  /** At most so many handshakes at once: after a crash thousands of clients come back in the same second. */
  readonly handshakes: Slots;
  readonly requests: Slots;
  /** Kept-alive connections for plain HTTP. */
  readonly agent: Agent;
  readonly counters: ReplicaCounters;
};

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
};

const concurrentHandshakes = 64;
const concurrentRequests = 256;
const queueLimit = 4_096;
const idleRequestConnections = 32;

export function createReplica(upstream: Upstream, timings: Timings): Replica {
  return {
    id: upstream.id,
    upstream,
    health: startingHealth,
    handshakes: createSlots(concurrentHandshakes, queueLimit),
    requests: createSlots(concurrentRequests, queueLimit),
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
    },
  };
}
