import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { closeReasons, type Replica, stateOf } from '../replica.ts';
import { replicaStates } from '../replica-health.ts';
import type { Replicas } from '../replicas.ts';
import type { Tunnels } from '../tunnels.ts';
import { createHandshakeTimes } from './handshake-times.ts';

export type BalancerMetrics = {
  readonly contentType: string;
  read(): Promise<string>;
  /** From a client's request to its tunnel. */
  handshakeTook(replica: Replica, ms: number): void;
};

type Reading = { labels?: Record<string, string>; value: number };

/** What is counted anyway is read when somebody asks; only the handshakes' times are counted for this. */
export function createBalancerMetrics(replicas: Replicas, tunnels: Tunnels): BalancerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  function gauge(name: string, help: string, labelNames: string[], read: () => Reading[]): void {
    new Gauge({ ...{ name, help, labelNames, registers }, collect: collectFrom(read) });
  }
  function counter(name: string, help: string, labelNames: string[], read: () => Reading[]): void {
    new Counter({ ...{ name, help, labelNames, registers }, collect: collectFrom(read) });
  }
  const each = (read: (replica: Replica) => number) => () =>
    replicas.list().map((replica) => ({ labels: { replica: replica.id }, value: read(replica) }));
  const split = (label: string, read: (replica: Replica) => Record<string, number>) => () =>
    replicas
      .list()
      .flatMap((replica) =>
        Object.entries(read(replica)).map(([key, value]) => ({ labels: { replica: replica.id, [label]: key }, value })),
      );

  gauge(
    'ronda_replica_state',
    '1 for the state that a replica is in, 0 for the others',
    ['replica', 'state'],
    split('state', (replica) =>
      Object.fromEntries(replicaStates.map((state) => [state, state === stateOf(replica) ? 1 : 0])),
    ),
  );
  gauge(
    'ronda_replica_weight',
    'Relative to the others',
    ['replica'],
    each(({ weight }) => weight),
  );
  gauge(
    'ronda_tunnels',
    'Open WebSocket connections',
    ['replica'],
    each(({ counters }) => counters.tunnels),
  );
  gauge(
    'ronda_requests_under_way',
    'HTTP requests at a replica',
    ['replica'],
    each(({ counters }) => counters.requests),
  );
  gauge(
    'ronda_queue_depth',
    "Waiting in a replica's own queue",
    ['replica', 'work'],
    split('work', ({ handshakes, requests, uploads }) => ({
      connections: handshakes.queued,
      requests: requests.queued + uploads.queued,
    })),
  );
  gauge('ronda_waiting', 'Waiting for any usable replica', [], () => [{ value: replicas.waitingRoom.size }]);
  counter(
    'ronda_assigned_total',
    'Turns given',
    ['replica', 'work'],
    split('work', ({ counters }) => ({
      connections: counters.connectionsAssigned,
      requests: counters.requestsAssigned,
    })),
  );
  counter(
    'ronda_redispatched_total',
    'Turns that came because an earlier one of the same connection or request had failed',
    ['replica'],
    each(({ counters }) => counters.redispatched),
  );
  counter(
    'ronda_ejections_total',
    'Failures in a row that took a replica out',
    ['replica'],
    each(({ counters }) => counters.ejections),
  );
  counter(
    'ronda_failed_total',
    'Connects, handshakes and requests that failed',
    ['replica', 'what'],
    split('what', ({ counters }) => ({
      connects: counters.connectsFailed,
      handshakes: counters.handshakesFailed,
      requests: counters.requestsFailed,
    })),
  );
  counter(
    'ronda_tunnels_closed_total',
    'Closed WebSocket connections, by who closed first or why the balancer did',
    ['replica', 'reason'],
    split('reason', ({ counters }) =>
      Object.fromEntries(closeReasons.map((reason) => [reason, counters.tunnelsClosed[reason]])),
    ),
  );
  counter(
    'ronda_tunnel_bytes_total',
    'Through WebSocket connections',
    ['replica', 'direction'],
    split('direction', (replica) => {
      const { fromClients, toClients } = tunnels.bytesOf(replica);
      return { 'from-clients': fromClients, 'to-clients': toClients };
    }),
  );
  const handshakes = createHandshakeTimes();

  return {
    contentType: registry.contentType,
    read: async () => `${await registry.metrics()}${handshakes.text()}`,
    handshakeTook: handshakes.add,
  };
}

/** For prom-client to call when it is asked for its metrics: everything anew, so that replicas that are gone go. */
function collectFrom(read: () => Reading[]) {
  return function collect(this: { reset(): void; inc(labels: Record<string, string>, value: number): void }): void {
    this.reset();
    for (const { labels = {}, value } of read()) this.inc(labels, value);
  };
}
