import { stat } from 'node:fs/promises';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CommittedBatch } from './store/sqlite/write-queue.ts';

export type ReplicaMetrics = {
  readonly contentType: string;
  read(): Promise<string>;
  /** After each commit of this replica. */
  committed(batch: CommittedBatch): void;
};

type Sources = {
  databasePath: string;
  /** Open WebSockets. */
  connections(): number;
  /** Connections that follow the log. */
  subscribers(): number;
  /** How far this replica has read the log, and how far the log goes. */
  head(): number;
  logHead(): Promise<number>;
  /** How far the search's index is behind the last message. */
  searchLag(): Promise<number>;
  /** Events written to connections since the start. */
  delivered(): number;
};

const fastBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1, 3, 10];

/** For Prometheus, through the balancer: `/metrics?replica=chat-1`. */
export function createReplicaMetrics(sources: Sources): ReplicaMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  function gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        this.set(await read());
      },
    });
  }

  gauge('ronda_connections', 'Open WebSockets', sources.connections);
  gauge('ronda_subscribers', 'Connections that follow the log', sources.subscribers);
  gauge('ronda_seq', 'How far this replica has read the log', sources.head);
  gauge('ronda_log_lag_events', 'How much further the log goes', async () =>
    Math.max(0, (await sources.logHead()) - sources.head()),
  );
  gauge('ronda_search_lag_events', "How much further the messages go than the search's index", sources.searchLag);
  gauge('ronda_wal_bytes', "The size of the database's write-ahead log", () => sizeOf(`${sources.databasePath}-wal`));
  new Counter({
    ...{ name: 'ronda_events_delivered_total', help: 'Events written to connections', registers },
    collect() {
      this.reset();
      this.inc(sources.delivered());
    },
  });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  const sizes = histogram('ronda_batch_mutations', 'Mutations in a transaction', [1, 2, 5, 10, 20, 50, 100, 200, 512]);
  const lockWaits = histogram('ronda_lock_wait_seconds', "Until the database's write lock was had", fastBuckets);
  const commits = histogram('ronda_commit_seconds', 'From the write lock to the durable commit', fastBuckets);

  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    committed({ size, lockWaitMs, commitMs }) {
      sizes.observe(size);
      lockWaits.observe(lockWaitMs / 1_000);
      commits.observe(commitMs / 1_000);
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  const file = await stat(path).catch(() => undefined);
  return file?.size ?? 0;
}
