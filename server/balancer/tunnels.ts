import type { Socket } from 'node:net';
import { limitAges } from './connection-age.ts';
import { createDeadlines } from './deadlines.ts';
import type { Replica } from './replica.ts';
import type { Timings } from './timings.ts';
import { Tunnel } from './tunnel.ts';

export type Tunnels = {
  /** From here on bytes go both ways and mean nothing to the balancer. */
  join(client: Socket, upstream: Socket, replica: Replica): Tunnel;
  readonly size: number;
  /** Those that were not asked to leave yet. */
  staying(replica?: Replica): Tunnel[];
  /** What went through a replica's tunnels, the open ones among them. */
  bytesOf(replica: Replica): { fromClients: number; toClients: number };
  /** Tells every client to come back elsewhere; resolves when all tunnels are closed. */
  close(): Promise<void>;
};

/** One sweep over all tunnels costs less than a timer for each. */
const sweepsUntilIdle = 3;

export function createTunnels(timings: Timings, connectionAgeMs: number): Tunnels {
  const open = new Map<Tunnel, Replica>();
  let emptied: (() => void) | undefined;
  let closing = false;
  const ending = createDeadlines<Tunnel>(timings.finTimeoutMs, (tunnel) => tunnel.destroy());
  const sweeper = setInterval(sweep, timings.tunnelIdleMs / sweepsUntilIdle);

  const ages = connectionAgeMs > 0 ? limitAges(connectionAgeMs) : undefined;

  function sweep(): void {
    for (const tunnel of open.keys()) {
      const moved = tunnel.bytesFromClient + tunnel.bytesToClient;
      tunnel.idleSweeps = moved === tunnel.lastMoved ? tunnel.idleSweeps + 1 : 0;
      tunnel.lastMoved = moved;
      if (tunnel.idleSweeps < sweepsUntilIdle) continue;
      tunnel.reason ??= 'idle';
      tunnel.destroy();
    }
  }

  function closed(tunnel: Tunnel): void {
    const replica = open.get(tunnel);
    if (replica !== undefined) count(tunnel, replica.counters);
    open.delete(tunnel);
    ages?.forget(tunnel);
    if (open.size === 0) emptied?.();
  }

  function join(client: Socket, upstream: Socket, replica: Replica): Tunnel {
    const tunnel = new Tunnel(client, upstream, ending, closed);
    open.set(tunnel, replica);
    ages?.watch(tunnel);
    replica.counters.tunnels += 1;
    if (closing) tunnel.goAway('stop');
    return tunnel;
  }

  return {
    join,
    get size() {
      return open.size;
    },
    staying: (replica) =>
      [...open].flatMap(([tunnel, its]) => (tunnel.staying && (replica ?? its) === its ? [tunnel] : [])),
    bytesOf(replica) {
      let { bytesFromClients: fromClients, bytesToClients: toClients } = replica.counters;
      for (const [tunnel, its] of open) {
        if (its !== replica) continue;
        fromClients += tunnel.bytesFromClient;
        toClients += tunnel.bytesToClient;
      }
      return { fromClients, toClients };
    },
    close() {
      closing = true;
      clearInterval(sweeper);
      ages?.stop();
      for (const tunnel of open.keys()) tunnel.goAway('stop');
      return new Promise((resolve) => {
        emptied = resolve;
        if (open.size === 0) resolve();
      });
    },
  };
}

function count({ reason = 'client', bytesFromClient, bytesToClient }: Tunnel, counters: Replica['counters']): void {
  counters.tunnels -= 1;
  counters.tunnelsClosed[reason] += 1;
  counters.bytesFromClients += bytesFromClient;
  counters.bytesToClients += bytesToClient;
}
