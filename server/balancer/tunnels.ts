import type { Socket } from 'node:net';
import type { Replica } from './replica.ts';
import type { Timings } from './timings.ts';
import { Tunnel } from './tunnel.ts';
import type { UpstreamSocket } from './upstream-socket.ts';

export type Tunnels = {
  /** From here on bytes go both ways and mean nothing to the balancer. */
  join(client: Socket, upstream: UpstreamSocket, replica: Replica): void;
  readonly size: number;
  /** Tells every client to come back elsewhere; resolves when all tunnels are closed. */
  close(): Promise<void>;
};

/** One sweep over all tunnels costs less than a timer for each. */
const sweepsUntilIdle = 3;

export function createTunnels(timings: Timings): Tunnels {
  const open = new Map<Tunnel, Replica>();
  let emptied: (() => void) | undefined;
  const sweeper = setInterval(sweep, timings.tunnelIdleMs / sweepsUntilIdle);

  function sweep(): void {
    for (const tunnel of open.keys()) {
      const moved = tunnel.bytesMoved();
      tunnel.idleSweeps = moved === tunnel.lastMoved ? tunnel.idleSweeps + 1 : 0;
      tunnel.lastMoved = moved;
      if (tunnel.idleSweeps >= sweepsUntilIdle) tunnel.destroy();
    }
  }

  function closed(tunnel: Tunnel): void {
    const replica = open.get(tunnel);
    if (replica !== undefined) replica.counters.tunnels -= 1;
    open.delete(tunnel);
    if (open.size === 0) emptied?.();
  }

  function join(client: Socket, upstream: UpstreamSocket, replica: Replica): void {
    open.set(new Tunnel(client, upstream, timings.finTimeoutMs, closed), replica);
    replica.counters.tunnels += 1;
  }

  return {
    join,
    get size() {
      return open.size;
    },
    close() {
      clearInterval(sweeper);
      for (const tunnel of open.keys()) tunnel.goAway();
      return new Promise((resolve) => {
        emptied = resolve;
        if (open.size === 0) resolve();
      });
    },
  };
}
