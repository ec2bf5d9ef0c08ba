import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { answerTo, handshake, openWebSocket, rawClient } from '../testing/clients.ts';
import { startBalancer, until } from '../testing/running-balancer.ts';
import { startReplica } from '../testing/upstreams.ts';
import { loggedPath } from './access-log.ts';
import { type ClientLimits, createClientGate, defaultClientLimits } from './client-limits.ts';
import { readNetworks } from './client-sight.ts';
import { readClientsConfig } from './clients-config.ts';

describe('[G10.15] what one address may', () => {
  test('WebSockets and requests beyond it get 429, other addresses and this machine go on', async () => {
    const { balancer } = await startBehindProxy({ handshakesPerSecond: 1, requestsPerSecond: 1 });
    const from = (address: string) => `X-Forwarded-For: ${address}`;
    const shakeHands = async (address: string) =>
      (await answerTo(balancer.port, handshake([from(address)], { path: '/trpc?broken' }).replace('13', '12'))).slice(
        9,
        12,
      );
    const ask = async (address: string) =>
      (
        await answerTo(
          balancer.port,
          `GET /trpc/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${from(address)}\r\n\r\n`,
        )
      ).slice(9, 12);
    // What is refused anyway costs nothing.
    for (let count = 0; count < 30; count += 1) expect(await shakeHands('203.0.113.5')).toBe('426');
    const answers = [];
    for (let count = 0; count < 25; count += 1) answers.push(await ask('203.0.113.5'));
    expect([answers.slice(0, 20), answers.at(-1)]).toEqual([Array(20).fill('200'), '429']);
    expect(await ask('203.0.113.6')).toBe('200');
    const late = await answerTo(
      balancer.port,
      `GET /trpc/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${from('203.0.113.5')}\r\n\r\n`,
    );
    expect(late).toContain('\r\nRetry-After: 2\r\n');
    for (let count = 0; count < 25; count += 1) expect((await openWebSocket(balancer.port)).replica).toBe('chat-1');
  });

  test('slow uploads beyond it wait for one of its own to end, those of others go on', async () => {
    const { balancer, replica } = await startBehindProxy({ uploads: 2 });
    const reached = (address: string) => replica.requests.filter(({ url }) => url === `/files/${address}`).length;
    const [first] = [1, 2, 3].map(() => slowUpload(balancer.port, '203.0.113.5'));
    await until(() => reached('203.0.113.5') === 2);
    slowUpload(balancer.port, '203.0.113.6');
    await until(() => reached('203.0.113.6') === 1);
    expect(reached('203.0.113.5')).toBe(2);
    first?.socket.destroy();
    await until(() => reached('203.0.113.5') >= 3);
  });

  test('an upload that has waited too long for a place of its address gets 429', async () => {
    const { balancer, replica } = await startBehindProxy({ uploads: 1 }, false, { waitForReplicaMs: 100 });
    slowUpload(balancer.port, '203.0.113.5');
    await until(() => replica.requests.length === 1);
    const late = slowUpload(balancer.port, '203.0.113.5');
    await until(() => late.received().includes('"too-many"'));
    expect(late.received()).toMatch(/^HTTP\/1\.1 429 [\s\S]*\r\nRetry-After: 2\r\n/);
    expect(replica.requests.length).toBe(1);
  });

  test('connections are counted as they come and go, IPv6 by its network', () => {
    const gate = createClientGate({ ...defaultClientLimits, connections: 2 }, () => false);
    expect([gate.enter('a'), gate.enter('a'), gate.enter('a'), gate.enter('b')]).toEqual([true, true, false, true]);
    gate.leave('a');
    expect([gate.enter('a'), gate.enter('a')]).toEqual([true, false]);
    expect([gate.enter('2001:db8::1'), gate.enter('2001:db8:0:0:9::2'), gate.enter('2001:db8::3')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(gate.enter('2001:db8:0:1::1')).toBe(true);
    gate.close();
  });

  test('by default a school of two thousand behind one address comes back at once', () => {
    const gate = createClientGate(defaultClientLimits);
    const school = Array.from({ length: 2_000 }, () => '198.51.100.1');
    expect(school.every((address) => gate.enter(address) && gate.mayShakeHands(address) && gate.mayAsk(address))).toBe(
      true,
    );
    expect(gate.size).toBe(1);
    gate.close();
  });
});

describe('[G10.16] where a client comes from', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['1.2.3.4, 203.0.113.7', '203.0.113.7'],
    ['1.2.3.4, 203.0.113.7, 127.0.0.1', '203.0.113.7'],
    ['nonsense, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, nonsense', '127.0.0.1'],
    ['2001:db8::7', '2001:db8::7'],
    ['', '127.0.0.1'],
  ])('is read from a trusted proxy: "%s" is %s', async (chain, address) => {
    const { balancer, replica } = await startBehindProxy();
    const claims = [
      'X-Forwarded-Proto: https',
      'Forwarded: for=1.2.3.4',
      ...(chain === '' ? [] : [`X-Forwarded-For: ${chain}`]),
    ];
    await answerTo(
      balancer.port,
      `GET /trpc/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${claims.join('\r\n')}\r\n\r\n`,
    );
    const headers = replica.requests[0]?.headers ?? {};
    expect([headers['x-forwarded-for'], headers['x-forwarded-proto']]).toEqual([address, 'https']);
    const node = address.includes(':') ? `"[${address}]"` : address;
    expect(headers.forwarded).toBe(`for=${node};proto=https;host="a"`);
  });

  test('is never read from anyone else', async () => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1');
    const claims = 'X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nForwarded: for=1.2.3.4';
    await answerTo(balancer.port, `GET /trpc/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${claims}\r\n\r\n`);
    const headers = replica.requests[0]?.headers ?? {};
    expect([headers['x-forwarded-for'], headers['x-forwarded-proto'], headers.forwarded]).toEqual([
      '127.0.0.1',
      'http',
      'for=127.0.0.1;proto=http;host="a"',
    ]);
  });
});

test('[G6.5] the access log tells who asked for what, and no secret', async () => {
  const { balancer } = await startBehindProxy({}, true);
  await fetch(`${balancer.url}/trpc/x?input=secret`);
  await fetch(`${balancer.url}/join/secret`);
  const { socket } = await openWebSocket(balancer.port);
  socket.close();
  const lines = () =>
    balancer.log.map((line) => JSON.parse(line)).filter(({ event }) => ['request', 'websocket'].includes(event));
  await until(() => lines().length === 3);
  expect(lines()).toMatchObject([
    { event: 'request', client: '127.0.0.1', method: 'GET', path: '/trpc/x', status: 200, whole: true },
    { event: 'request', path: '/join/…', status: 503 },
    { event: 'websocket', client: '127.0.0.1', path: '/trpc' },
  ]);
  expect(balancer.log.join()).not.toContain('secret');
  expect(['/', '/set-up?x', '/a/b/c', '/files/1/x.png'].map(loggedPath)).toEqual([
    '/',
    '/set-up',
    '/a/…',
    '/files/1/x.png',
  ]);
});

test('[G10.9] what the settings cannot take is named', () => {
  expect(() => readClientsConfig({ TRUSTED_PROXIES: '10.0.0.0/33' })).toThrow(
    'TRUSTED_PROXIES takes addresses such as',
  );
  expect(() => readClientsConfig({ ACCESS_LOG: 'yes' })).toThrow('ACCESS_LOG takes on or off');
  expect(() => readClientsConfig({ CONNECTIONS_PER_ADDRESS: '-1' })).toThrow(
    'CONNECTIONS_PER_ADDRESS takes a whole number',
  );
});

/** Of whose body only the beginning comes. */
function slowUpload(port: number, address: string) {
  const head = `POST /files/${address} HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nX-Forwarded-For: ${address}`;
  return rawClient(port, `${head}\r\n\r\nthe beginning`);
}

async function startBehindProxy(
  limits: Partial<ClientLimits> = {},
  accessLog = false,
  timings: Parameters<typeof startBalancer>[0] = {},
) {
  const clients = {
    limits: { ...defaultClientLimits, ...limits },
    trustedProxies: readNetworks('127.0.0.0/8'),
    accessLog,
  };
  const balancer = await startBalancer(timings, {}, undefined, { clients });
  // A body is waited for to its end.
  const answer: RequestListener = (request, response) =>
    void request
      .on('error', () => undefined)
      .on('end', () => response.end('chat-1'))
      .resume();
  return { balancer, replica: await startReplica(balancer, 'chat-1', answer) };
}
