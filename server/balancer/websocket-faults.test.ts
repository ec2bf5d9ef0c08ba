import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { handshake, rawClient, switching } from './testing/clients.ts';
import { nothingIsLeft, withReplica } from './testing/replica-behind-balancer.ts';
import { startBalancer, until } from './testing/running-balancer.ts';
import { startReplica } from './testing/upstreams.ts';

/** The faults of clients and replicas on which proxies crash, leak, hang or lose bytes; one test each. */
describe('faults around a WebSocket', () => {
  test('[G10] a client that resets before the answer leaves no connection to the replica', async () => {
    const { balancer, replica } = await withReplica(() => undefined);
    const client = rawClient(balancer.port, handshake());
    await until(() => replica.heads.length === 1);
    client.socket.resetAndDestroy();
    await nothingIsLeft(balancer, replica);
  });

  test('[G10] a client that ends before the answer leaves no connection to the replica', async () => {
    const { balancer, replica } = await withReplica(() => undefined);
    const client = rawClient(balancer.port, handshake());
    await until(() => replica.heads.length === 1);
    client.socket.end();
    await nothingIsLeft(balancer, replica);
  });

  test('[G10] an answer that crosses the reset of its client hurts nobody', async () => {
    const { balancer, replica } = await withReplica((socket) => void setTimeout(() => socket.write(switching), 20));
    for (let delay = 15; delay < 25; delay += 1) {
      const client = rawClient(balancer.port, handshake());
      await once(client.socket, 'connect');
      setTimeout(() => client.socket.resetAndDestroy(), delay);
    }
    await until(() => replica.heads.length === 10);
    await nothingIsLeft(balancer, replica);
  });

  test('[G10] a client that ends is taken from a replica that ignores it', async () => {
    const { balancer, replica } = await withReplica((socket) => void socket.write(switching), { finTimeoutMs: 100 });
    const client = rawClient(balancer.port, handshake());
    await until(() => client.received() === switching);
    client.socket.end();
    await client.ended;
    await nothingIsLeft(balancer, replica);
  });

  test('what a replica still has for a client that has ended arrives', async () => {
    const { balancer } = await withReplica((socket) => {
      socket.write(switching);
      socket.on('data', () => undefined);
      socket.on('end', () => setTimeout(() => socket.end('late'), 30));
    });
    const client = rawClient(balancer.port, handshake());
    await until(() => client.received() === switching);
    client.socket.end();
    expect(await client.ended).toBe(`${switching}late`);
  });

  test('bytes that come right behind the handshake, from either side, arrive', async () => {
    const { balancer, replica } = await withReplica((socket) => {
      socket.on('data', (data) => socket.write(`got ${data}`));
      setTimeout(() => socket.write(`${switching}early`), 20);
    });
    const client = rawClient(balancer.port, `${handshake()}head`);
    await until(() => client.received().endsWith('got head'));
    expect(client.received()).toBe(`${switching}earlygot head`);
    expect(replica.heads[0]).not.toContain('head\r\n\r\nhead');
  });

  test('[G10] a chunked refusal arrives as it was sent, and the connection is closed', async () => {
    const body = '5\r\nhello\r\n0\r\n\r\n';
    const { balancer, replica } = await withReplica(
      (socket) =>
        void socket.write(
          `HTTP/1.1 403 Forbidden\r\nX-Why: no\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
        ),
    );
    const answer = await rawClient(balancer.port, handshake()).ended;
    expect(answer).toBe(
      `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nX-Why: no\r\n\r\n${body}`,
    );
    await nothingIsLeft(balancer, replica);
  });

  test('[G10] a replica that resets before its answer is told as 502', async () => {
    const { balancer } = await withReplica((socket) => void socket.destroy());
    expect(await rawClient(balancer.port, handshake()).ended).toMatch(/^HTTP\/1\.1 502 [\s\S]*"replica-failed"/);
  });

  test('[G10] a request that offers another protocol is answered as if it had not', async () => {
    const balancer = await startBalancer();
    await startReplica(balancer, 'chat-1');
    const offer =
      'Host: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n';
    expect(await rawClient(balancer.port, `GET /healthz HTTP/1.1\r\n${offer}`).ended).toMatch(/^HTTP\/1\.1 200 /);
    expect(await rawClient(balancer.port, `GET /trpc/x HTTP/1.1\r\n${offer}`).ended).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*chat-1/,
    );
  });

  test('[G10] what a client claims about where it comes from is not passed on', async () => {
    const { balancer, replica } = await withReplica((socket) => void socket.write(switching));
    const claims = [
      'X-Forwarded-For: 1.2.3.4',
      'x-forwarded-proto: https',
      'Forwarded: for=1.2.3.4',
      'X-Real-IP: 1.2.3.4',
    ];
    rawClient(balancer.port, handshake(claims, { host: 'Host: chat.example:81' }));
    await until(() => replica.heads.length === 1);
    const head = replica.heads[0] ?? '';
    expect(head).not.toContain('1.2.3.4');
    expect(head).toContain(
      'X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: chat.example:81\r\n',
    );
    expect(head).toContain('Host: chat.example:81\r\n');
  });

  test('[G10] a replica that says nothing is told as 504', async () => {
    const { balancer, replica } = await withReplica(() => undefined, { handshakeTimeoutMs: 100 });
    expect(await rawClient(balancer.port, handshake()).ended).toMatch(/^HTTP\/1\.1 504 [\s\S]*"replica-silent"/);
    await nothingIsLeft(balancer, replica);
  });
});
