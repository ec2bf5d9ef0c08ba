import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { handshake, openWebSocket, rawClient, switching } from './testing/clients.ts';
import { closeAfterTest, type RunningBalancer, startBalancer, until, untilState } from './testing/running-balancer.ts';
import { startRawReplica, startReplica } from './testing/upstreams.ts';

const three = ['chat-1', 'chat-2', 'chat-3'];
const paces = { drainSpreadMs: 200, longestDrainPaceMs: 5 };

describe('orders', () => {
  test('[G9.4] a paused replica keeps its connections and gets no more, until it is resumed', async () => {
    const balancer = await startBalancer();
    await Promise.all(three.map((id) => startReplica(balancer, id)));
    const first = await openWebSocket(balancer.port);
    order(balancer, 'chat-1', 'pause');
    await untilState(balancer, 'chat-1', 'paused');
    expect(await served(balancer, 4)).toEqual(['chat-2', 'chat-3', 'chat-2', 'chat-3']);
    first.socket.send('still there?');
    expect(String((await once(first.socket, 'message'))[0])).toBe('still there?');
    order(balancer, 'chat-1', 'none');
    expect(await served(balancer, 3)).toEqual(three);
  });

  test('[G9.4] the order outlives the process that it was given for, and each is logged with who gave it', async () => {
    const balancer = await startBalancer();
    const [replica] = await Promise.all(three.map((id) => startReplica(balancer, id)));
    order(balancer, 'chat-1', 'pause');
    await replica?.stop();
    await until(() => balancer.replicas.find('chat-1')?.present === false);
    await startReplica(balancer, 'chat-1', undefined, 'paused');
    await until(() => balancer.replicas.find('chat-1')?.health.state === 'up');
    expect(await served(balancer, 2)).toEqual(['chat-2', 'chat-3']);
    expect(balancer.log.join('')).toContain('"to":"paused","cause":"pause ordered by a test"');
  });

  test('[G9.7] a drained replica asks its clients to come again, one after another, and they find the others', async () => {
    const balancer = await startBalancer(paces);
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    const clients = await Promise.all(Array.from({ length: 60 }, () => openWebSocket(balancer.port)));
    const leavers = clients.filter(({ replica }) => replica === 'chat-2');
    const left: number[] = [];
    const codes = leavers.map(async ({ socket }) => {
      const [code] = await once(socket, 'close');
      left.push(performance.now());
      return code;
    });
    order(balancer, 'chat-2', 'drain');
    expect(new Set(await Promise.all(codes))).toEqual(new Set([1012]));
    await until(() => replicas[1]?.sockets.size === 0);
    // Twenty at a jittered 5 ms each can't be gone at once.
    expect((left.at(-1) ?? 0) - (left[0] ?? 0)).toBeGreaterThan(30);
    expect(new Set(await served(balancer, 4))).toEqual(new Set(['chat-1', 'chat-3']));
    expect(replicas[0]?.sockets.size).toBeGreaterThanOrEqual(20);
    order(balancer, 'chat-2', 'none');
    expect(new Set(await served(balancer, 3))).toEqual(new Set(three));
    expect(balancer.replicas.find('chat-2')?.counters.tunnelsClosed.drain).toBe(20);
  });

  test('[G9.7] a drain that is withdrawn stops where it is', async () => {
    const balancer = await startBalancer({ drainSpreadMs: 60_000, longestDrainPaceMs: 2_000 });
    const replica = await startReplica(balancer, 'chat-1');
    await Promise.all(Array.from({ length: 10 }, () => openWebSocket(balancer.port)));
    order(balancer, 'chat-1', 'drain');
    await until(() => replica.sockets.size < 10);
    order(balancer, 'chat-1', 'none');
    expect(replica.sockets.size).toBeGreaterThan(6);
    expect(await served(balancer, 1)).toEqual(['chat-1']);
  });

  test('[G9.7] a client that does not go is reset at the deadline', async () => {
    const balancer = await startBalancer({ ...paces, finTimeoutMs: 100 });
    const replica = await startRawReplica(balancer, 'chat-1', (socket) => void socket.write(switching));
    const client = rawClient(balancer.port, handshake());
    await until(() => client.received() === switching);
    const reset = once(client.socket, 'error');
    order(balancer, 'chat-1', 'drain');
    expect((await reset)[0].code).toBe('ECONNRESET');
    await until(() => replica.connected() === 0);
  });

  test('[G8.6] a weight changes the shares at once', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    const heavy = balancer.replicas.find('chat-2');
    if (heavy !== undefined) balancer.steering.weigh(heavy, 3, 'a test');
    await Promise.all(Array.from({ length: 50 }, () => openWebSocket(balancer.port)));
    expect(replicas.map(({ upgrades }) => upgrades.length)).toEqual([10, 30, 10]);
  });
});

describe('a policy', () => {
  test('[G8.7] least connections fills up whoever has fewest, with handshakes under way counted', async () => {
    const balancer = await startBalancer({}, {}, undefined, { policy: { balancing: 'least-connections' } });
    const first = await startReplica(balancer, 'chat-1');
    await Promise.all(Array.from({ length: 9 }, () => openWebSocket(balancer.port)));
    const second = await startReplica(balancer, 'chat-2');
    await Promise.all(Array.from({ length: 11 }, () => openWebSocket(balancer.port)));
    expect([first.upgrades.length, second.upgrades.length]).toEqual([10, 10]);
  });

  test('[G9.5] a connection that has reached its age comes again', async () => {
    const balancer = await startBalancer({}, {}, undefined, { policy: { connectionAgeMs: 200 } });
    await startReplica(balancer, 'chat-1');
    const { socket } = await openWebSocket(balancer.port);
    expect((await once(socket, 'close'))[0]).toBe(1012);
    expect(balancer.replicas.find('chat-1')?.counters.tunnelsClosed.age).toBe(1);
  });

  test('[G9.6] after a replica has joined, others give some of theirs away', async () => {
    const balancer = await startBalancer({}, {}, undefined, { policy: { rebalancePerSecond: 5 } });
    await startReplica(balancer, 'chat-1');
    const clients = await Promise.all(Array.from({ length: 20 }, () => openWebSocket(balancer.port)));
    const leavers = Promise.all(clients.slice(0, 5).map(({ socket }) => once(socket, 'close')));
    await startReplica(balancer, 'chat-2');
    expect((await leavers).map(([code]) => code)).toEqual([1012, 1012, 1012, 1012, 1012]);
  });
});

describe('a replica over TCP', () => {
  test('[G8.8] is found by its name, takes its turns, and is drained from its first 503 on', async () => {
    let status = 200;
    const server = createServer((_, response) => response.writeHead(status).end());
    const sockets = new WebSocketServer({ server, path: '/trpc' });
    sockets.on('connection', (socket) => socket.send('tcp'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closeAfterTest(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const balancer = await startBalancer({}, {}, undefined, {
      replicaAddresses: [
        { id: 'tcp', host: 'localhost', port },
        { id: 'nowhere', host: 'nowhere.invalid', port },
      ],
    });
    await untilState(balancer, 'tcp', 'up');
    await startReplica(balancer, 'chat-1');
    expect(new Set(await served(balancer, 2))).toEqual(new Set(['tcp', 'chat-1']));
    expect((await fetch(`${balancer.url}/trpc/x`)).status).toBe(200);
    status = 503;
    await untilState(balancer, 'tcp', 'draining');
    expect(await served(balancer, 2)).toEqual(['chat-1', 'chat-1']);
    status = 200;
    await untilState(balancer, 'tcp', 'up');
    expect(balancer.replicas.find('nowhere')).toBeUndefined();
  });
});

describe('panic', () => {
  test('[G8.9] with every replica down for its checks, each is tried all the same', async () => {
    let status = 200;
    const balancer = await startBalancer({ waitForReplicaMs: 500 });
    const server = createServer((_, response) => response.writeHead(status).end());
    const sockets = new WebSocketServer({ server, path: '/trpc' });
    sockets.on('connection', (socket) => socket.send('lives'));
    server.listen(`${balancer.replicasDirectory}/chat-1.sock`);
    closeAfterTest(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    });
    await untilState(balancer, 'chat-1', 'up');
    status = 500;
    await untilState(balancer, 'chat-1', 'down');
    expect(await served(balancer, 2)).toEqual(['lives', 'lives']);
    expect((await fetch(`${balancer.url}/readyz`)).status).toBe(503);
    expect(balancer.log.join('')).toContain('"event":"panic"');
  });

  test('[G8.9] three handshakes without an answer eject a replica, whatever its checks say', async () => {
    const balancer = await startBalancer();
    await startRawReplica(balancer, 'chat-1', (socket) => void socket.destroy());
    const failing = Array.from({ length: 3 }, () => openWebSocket(balancer.port));
    expect((await Promise.all(failing)).map(({ replica }) => replica)).toEqual(Array(3).fill('refused 502'));
    await untilState(balancer, 'chat-1', 'down');
    expect(balancer.replicas.find('chat-1')?.counters.ejections).toBe(1);
  });
});

function order(balancer: RunningBalancer, id: string, what: 'none' | 'pause' | 'drain'): void {
  const replica = balancer.replicas.find(id);
  if (replica !== undefined) balancer.steering.order(replica, what, 'a test');
}

async function served(balancer: RunningBalancer, count: number): Promise<string[]> {
  const replicas: string[] = [];
  for (let index = 0; index < count; index += 1) replicas.push((await openWebSocket(balancer.port)).replica);
  return replicas;
}
