import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { handshake, openWebSocket, rawClient } from './testing/clients.ts';
import { startBalancer, until } from './testing/running-balancer.ts';
import { startRawReplica, startReplica } from './testing/upstreams.ts';

describe('a stop', () => {
  test('lets a request in flight finish, closes tunnels and refuses who comes after', async () => {
    const balancer = await startBalancer({ stopMs: 5_000 });
    await startReplica(balancer, 'chat-1', (_, response) => void setTimeout(() => response.end('whole'), 100));
    const { socket } = await openWebSocket(balancer.port);
    const closed = once(socket, 'close');
    const answered = fetch(`${balancer.url}/trpc/x`).then((response) => response.text());
    await until(() => balancer.replicas.list()[0]?.counters.requests === 1);
    const startedAt = Date.now();
    await balancer.close();
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect([await answered, (await closed)[0]]).toEqual(['whole', 1012]);
    const [error] = await once(connect(balancer.port, '127.0.0.1'), 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('waits for nobody longer than agreed', async () => {
    const balancer = await startBalancer({ stopMs: 200, finTimeoutMs: 100 });
    const replica = await startRawReplica(balancer, 'chat-1', () => undefined);
    const clients = [handshake(), 'GET /trpc/x HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HT', ''].map((bytes) =>
      rawClient(balancer.port, bytes),
    );
    await until(() => replica.heads.length === 2);
    const startedAt = Date.now();
    await balancer.close();
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    await Promise.all(clients.map(({ ended }) => ended));
    await until(() => replica.connected() === 0);
  });

  test('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1');
    await openWebSocket(balancer.port);
    await (await fetch(`${balancer.url}/trpc/x`)).text();
    await balancer.close();
    await replica.stop();
    await until(() => timers() <= before);
  });
});

describe('a client that is slow on purpose', () => {
  test('[G10] gets 408 when the head of its request takes too long', async () => {
    const balancer = await startBalancer({ headMs: 200 });
    const client = rawClient(balancer.port, 'GET / HTTP/1.1\r\nHost: a\r\n');
    const drip = setInterval(() => client.socket.write('X: y\r\n'), 20);
    expect(await client.ended).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
    client.socket.destroy();
  });

  test('[G10] is cut off when it stops in the middle of a body', async () => {
    const balancer = await startBalancer({ bodyStallMs: 150 });
    const replica = await startRawReplica(balancer, 'chat-1', () => undefined);
    const client = rawClient(balancer.port, 'POST /trpc/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf');
    expect(await client.ended).toMatch(/^HTTP\/1\.1 504 /);
    await until(() => replica.connected() === 0);
  });
});
