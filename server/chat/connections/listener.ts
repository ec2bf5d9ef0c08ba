import { chmod, mkdir, unlink } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes } from '../../../shared/refusals.ts';
import type { OpenSockets } from './open-sockets.ts';
import { reconnectText } from './socket-context.ts';
import type { UpgradeHandler } from './upgrade.ts';

/** The Unix socket on which the balancer finds this replica, and what hangs on it. */
export type Listener = {
  /** Takes the socket away, asks each client in turn to reconnect, and waits until all have left or time is up. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

const drainDeadlineMs = 8_000;
/** Asking everyone takes this long however many there are, within the pace below. */
const drainSpreadMs = 3_000;
const longestDrainPaceMs = 10;
const closeDeadlineMs = 1_000;

export async function listen(options: {
  path: string;
  sockets: OpenSockets;
  onRequest: RequestListener;
  onUpgrade: UpgradeHandler;
  onError(error: unknown): void;
}): Promise<Listener> {
  const { path, sockets } = options;
  // Longer than the balancer keeps an idle connection, so that it is never this side that closes one in use. It sees to
  // it that bodies move, too, and how long they take: a part of an upload over a slow line takes minutes.
  const timeouts = { keepAliveTimeout: 75_000, headersTimeout: 10_000, requestTimeout: 600_000 };
  const server = createServer(timeouts, options.onRequest);
  const connections = new Set<Socket>();
  function forget(this: Socket): void {
    connections.delete(this);
  }
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', forget);
  });
  server.on('upgrade', (request, socket, head) => {
    options.onUpgrade(request, socket, head).catch((error: unknown) => {
      options.onError(error);
      socket.destroy();
    });
  });
  await mkdir(dirname(path), { recursive: true });
  await unlink(path).catch(() => undefined); // a killed predecessor's
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  await chmod(path, 0o660);

  const closed = new Promise((resolve) => server.once('close', resolve));
  const sweep = setInterval(() => sockets.sweep(), 1_000);

  return {
    async drain() {
      server.close(); // unlinks the path: nobody is sent here any more
      server.closeIdleConnections();
      const deadline = Date.now() + drainDeadlineMs;
      const paceMs = Math.min(longestDrainPaceMs, drainSpreadMs / sockets.size);
      let owedMs = 0;
      for (const socket of [...sockets]) {
        if (socket.readyState === socket.OPEN) socket.send(reconnectText);
        owedMs += paceMs;
        if (owedMs < 1) continue;
        await delay(owedMs);
        owedMs = 0;
      }
      while (sockets.size > 0 && Date.now() < deadline) await delay(20);
    },
    async stop() {
      clearInterval(sweep);
      server.close();
      server.closeIdleConnections();
      for (const socket of sockets) socket.close(closeCodes.restarting, 'restarting');
      await Promise.race([closed, delay(closeDeadlineMs, undefined, { ref: false })]);
      for (const socket of connections) socket.destroy(); // whatever they are, also those that ignore a goodbye
      await closed;
    },
  };
}
