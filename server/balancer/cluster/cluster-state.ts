import { version } from '../../version.ts';
import { loadOf, type Replica, stateOf } from '../replica.ts';
import { isUsable } from '../replica-health.ts';
import type { Replicas } from '../replicas.ts';
import type { Tunnels } from '../tunnels.ts';

export type ClusterState = ReturnType<typeof readClusterState>;

/** All that the balancer knows of its replicas at this moment; times are milliseconds since 1970. */
export function readClusterState(replicas: Replicas, tunnels: Tunnels) {
  const shares = new Map(replicas.shares().map(({ id, weight }) => [id, weight]));
  const describe = (replica: Replica) => {
    const { id, order, health, weight, since, cause, counters, handshakes, requests, uploads } = replica;
    return {
      id,
      state: stateOf(replica),
      order,
      since,
      cause,
      /** Null where it is not. */
      usableSince: isUsable({ state: stateOf(replica) }) ? replica.usableSince : null,
      present: replica.present,
      /** As its checks have it, whatever was ordered. */
      health: health.state,
      weight,
      /** Of new connections, relative to the others'; 0 where it gets none. */
      share: shares.get(id) ?? 0,
      load: loadOf(replica),
      tunnels: counters.tunnels,
      requests: counters.requests,
      /** Handshakes that it was asked for and hasn't answered yet; behind so many the others wait in its queue. */
      handshakes: handshakes.taken,
      waiting: { handshakes: handshakes.queued, requests: requests.queued + uploads.queued },
      assigned: { connections: counters.connectionsAssigned, requests: counters.requestsAssigned },
      failed: {
        connects: counters.connectsFailed,
        handshakes: counters.handshakesFailed,
        requests: counters.requestsFailed,
      },
      redispatched: counters.redispatched,
      ejections: counters.ejections,
      closed: { ...counters.tunnelsClosed },
      bytes: tunnels.bytesOf(replica),
    };
  };
  return {
    at: Date.now(),
    /** The balancer's own process. */
    balancer: {
      version,
      startedAt: Math.round(performance.timeOrigin),
      memoryBytes: process.memoryUsage.rss(),
      tunnels: tunnels.size,
    },
    /** Whose turn was the last. */
    served: { connections: replicas.served('connections'), requests: replicas.served('requests') },
    /** For any replica. */
    waiting: replicas.waitingRoom.size,
    replicas: replicas.list().map(describe),
  };
}
