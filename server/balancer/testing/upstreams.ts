import { link, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createRawServer, type Server as RawServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ReplicaState } from '../replica-health.ts';
import { closeAfterTest, type RunningBalancer, untilState } from './running-balancer.ts';

export type Replica = {
  id: string;
  sockets: Set<WebSocket>;
  upgrades: IncomingMessage[];
  requests: IncomingMessage[];
  /** As SIGKILL does: connections break, the socket file stays behind and refuses. */
  kill(): Promise<void>;
  /** Connections break and the socket file goes. */
  stop(): Promise<void>;
};

/**
 * A well-behaved replica: ready, echoes what a WebSocket says, answers requests with its id. With `checks` on `close`
 * nobody hears of its end but who connects.
 */
export async function startReplica(
  balancer: RunningBalancer,
  id: string,
  answer?: RequestListener,
  state: ReplicaState = 'up',
  checks: 'keep-alive' | 'close' = 'keep-alive',
): Promise<Replica> {
  const path = join(balancer.replicasDirectory, `${id}.sock`);
  const upgrades: IncomingMessage[] = [];
  const requests: IncomingMessage[] = [];
  const connections = new Set<Socket>();
  const server = createServer((request, response) => {
    if (request.url === '/readyz') {
      response.writeHead(200, { connection: checks }).end('ready');
      return;
    }
    requests.push(request);
    if (answer === undefined) response.end(id);
    else answer(request, response);
  });
  const webSockets = new WebSocketServer({ server, path: '/trpc' });
  webSockets.on('connection', (socket, request) => {
    upgrades.push(request);
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.send(id);
  });
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });

  async function kill(): Promise<void> {
    webSockets.close();
    const closed = new Promise((resolve) => server.close(resolve));
    for (const connection of connections) connection.destroy();
    await closed;
  }

  async function stop(): Promise<void> {
    await rm(path, { force: true });
    await kill();
  }

  await listen(server, path);
  closeAfterTest(stop);
  await untilState(balancer, id, state);
  return { id, sockets: webSockets.clients, upgrades, requests, kill, stop };
}

/** What a killed process leaves: a socket file behind which nobody listens. */
export async function leaveStaleSocket(balancer: RunningBalancer, id: string): Promise<void> {
  const server = createRawServer();
  await listen(server, join(balancer.replicasDirectory, `${id}.sock`));
  await new Promise((resolve) => server.close(resolve));
  await untilState(balancer, id, 'starting');
}

export type RawReplica = {
  connections: Set<Socket>;
  heads: string[];
  /** How many connections have another end. A closed Unix socket shows only to who writes into it. */
  connected(): number;
};

/** Ready when asked, and does with everything else as the test says: `talk` gets the request's head. */
export async function startRawReplica(
  balancer: RunningBalancer,
  id: string,
  talk: (socket: Socket, head: string) => void,
): Promise<RawReplica> {
  const connections = new Set<Socket>();
  const heads: string[] = [];
  const server = createRawServer({ allowHalfOpen: true }, (socket) => {
    let head = '';
    socket.on('error', () => undefined);
    const read = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      if (head.startsWith('GET /readyz')) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      connections.add(socket);
      socket.on('close', () => connections.delete(socket));
      heads.push(head);
      talk(socket, head);
    };
    socket.on('data', read);
    socket.on('end', () => {
      if (head.startsWith('GET /readyz') || head === '') socket.end();
    });
  });
  await listen(server, join(balancer.replicasDirectory, `${id}.sock`));
  closeAfterTest(() => {
    for (const connection of connections) connection.destroy();
    server.close();
  });
  await untilState(balancer, id, 'up');
  const connected = () => {
    for (const connection of connections) connection.write('?');
    return connections.size;
  };
  return { connections, heads, connected };
}

/** Under a second name, since Node takes only the one that it listened on away; a killed process takes none. */
async function listen(server: Server | RawServer, path: string): Promise<void> {
  const bound = `${path}.bound`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(bound, resolve);
  });
  await rm(path, { force: true });
  await link(bound, path);
}
