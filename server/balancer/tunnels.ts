import type { Socket } from 'node:net';
import type { Replica } from './replica.ts';
import type { Timings } from './timings.ts';
import type { UpstreamSocket } from './upstream-socket.ts';

export type Tunnels = {
  /** From here on bytes go both ways and mean nothing to the balancer. */
  join(client: Socket, upstream: UpstreamSocket, replica: Replica): void;
  readonly size: number;
  /** Resolves when every tunnel is closed. */
  close(): Promise<void>;
};

type Tunnel = { end(): void; destroy(): void; bytesMoved(): number; lastMoved: number; idleSweeps: number };

/** One sweep over all tunnels costs less than a timer for each. */
const sweepsUntilIdle = 3;

export function createTunnels(timings: Timings): Tunnels {
  const open = new Set<Tunnel>();
  let emptied: (() => void) | undefined;
  const sweeper = setInterval(sweep, timings.tunnelIdleMs / sweepsUntilIdle);

  function sweep(): void {
    for (const tunnel of open) {
      const moved = tunnel.bytesMoved();
      tunnel.idleSweeps = moved === tunnel.lastMoved ? tunnel.idleSweeps + 1 : 0;
      tunnel.lastMoved = moved;
      if (tunnel.idleSweeps >= sweepsUntilIdle) tunnel.destroy();
    }
  }

  function join(client: Socket, upstream: UpstreamSocket, replica: Replica): void {
    const tunnel = connectEnds(client, upstream, timings.finTimeoutMs, () => {
      open.delete(tunnel);
      replica.counters.tunnels -= 1;
      if (open.size === 0) emptied?.();
    });
    replica.counters.tunnels += 1;
    open.add(tunnel);
  }

  return {
    join,
    get size() {
      return open.size;
    },
    close() {
      clearInterval(sweeper);
      for (const tunnel of open) tunnel.end();
      return new Promise((resolve) => {
        emptied = resolve;
        if (open.size === 0) resolve();
      });
    },
  };
}

/**
 * Memory stays bounded both ways: a side that doesn't take its bytes stops the reading on the other. A FIN is passed
 * on and starts a deadline, so that neither side can hold the tunnel half open.
 */
function connectEnds(client: Socket, upstream: UpstreamSocket, finTimeoutMs: number, closed: () => void): Tunnel {
  const { socket } = upstream;
  let ending: NodeJS.Timeout | undefined;
  let sidesOpen = 2;

  upstream.receive = (bytes) => client.write(bytes);
  client.on('data', toUpstream);
  client.on('drain', () => socket.resume());
  socket.on('drain', () => client.resume());
  client.on('end', clientEnded);
  socket.on('end', upstreamEnded);
  client.on('close', sideClosed);
  socket.on('close', sideClosed);
  client.resume();

  function toUpstream(bytes: Buffer): void {
    if (!socket.write(bytes)) client.pause();
  }

  /** It said all that it will; what the replica still has for it goes on. */
  function clientEnded(): void {
    startDeadline();
    finish(socket);
  }

  function upstreamEnded(): void {
    startDeadline();
    client.off('data', toUpstream);
    finish(client);
  }

  function end(): void {
    upstream.receive = () => true;
    clientEnded();
    upstreamEnded();
  }

  function sideClosed(): void {
    end();
    sidesOpen -= 1;
    if (sidesOpen > 0) return;
    clearTimeout(ending);
    closed();
  }

  function startDeadline(): void {
    ending ??= setTimeout(destroy, finTimeoutMs);
  }

  function destroy(): void {
    client.destroy();
    socket.destroy();
  }

  return {
    end,
    destroy,
    bytesMoved: () => client.bytesRead + socket.bytesRead,
    lastMoved: 0,
    idleSweeps: 0,
  };
}

/** A socket that is gone would make an error of it, which costs more than the rest of the tunnel's end. */
function finish(socket: Socket): void {
  if (socket.destroyed) return;
  socket.end();
  socket.resume();
}
