import { once } from 'node:events';
import { expect, test } from 'vitest';
import { answerTo, handshake, rawClient } from '../testing/clients.ts';
import { startBalancer, until } from '../testing/running-balancer.ts';
import { startReplica } from '../testing/upstreams.ts';

const script = 'x'.repeat(2_000);
const files = {
  'client/index.html': '<!doctype html><script src="/assets/a-1.js"></script>',
  'client/assets/a-1.js': script,
  'client/assets/a-1.js.gz': 'gzipped',
  'client/assets/large-1.png': 'x'.repeat(4_000_000),
};
const get = (path: string, ...headers: string[]) =>
  `${[`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;

test.each(['/', '/assets/a-1.js', '/assets/large-1.png'])('[G10.9] %s has the same answer either way', async (path) => {
  const balancer = await startBalancer({}, files);
  const ask = async (head: string, pieces: number) => {
    const client = rawClient(balancer.port);
    for (let piece = 0; piece < pieces; piece += 1) {
      const size = Math.ceil(head.length / pieces);
      client.socket.write(head.slice(piece * size, (piece + 1) * size));
      // Two packets: what comes in pieces is never taken the short way.
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await until(() => client.received().includes('\r\n\r\n'));
    const length = Number(/Content-Length: (\d+)/.exec(client.received())?.[1]);
    await until(() => client.received().split('\r\n\r\n').slice(1).join('\r\n\r\n').length === length);
    client.socket.destroy();
    const [answerHead = '', ...body] = client.received().split('\r\n\r\n');
    return {
      lines: answerHead
        .replace(/Date: [^\r]+/, 'Date')
        .split('\r\n')
        .sort(),
      body: body.join(),
    };
  };
  for (const encoding of ['gzip', 'identity', 'br;q=0, gzip;q=0']) {
    const head = get(path, `Accept-Encoding: ${encoding}`);
    expect(await ask(head, 1)).toEqual(await ask(head, 2));
  }
});

test('answers come in order, whichever way each request takes', async () => {
  const balancer = await startBalancer({}, files);
  const script = get('/assets/a-1.js', 'Accept-Encoding: gzip');
  const last = get('/healthz', 'Connection: close');
  const answer = await answerTo(balancer.port, script + script + get('/healthz') + script + last);
  const told = [...answer.matchAll(/gzipped|"alive"/g)].map(([word]) => word);
  expect(told).toEqual(['gzipped', 'gzipped', '"alive"', 'gzipped', '"alive"']);
});

test('a WebSocket may open on a connection that a file came over', async () => {
  const balancer = await startBalancer({}, files);
  const replica = await startReplica(balancer, 'chat-1');
  const client = rawClient(balancer.port, get('/assets/a-1.js'));
  await until(() => client.received().endsWith(script));
  client.socket.write(handshake());
  await until(() => client.received().includes('101 Switching Protocols'));
  expect(replica.upgrades.length).toBe(1);
});

test('who asks on without reading is not read on, and closed after a while', async () => {
  const balancer = await startBalancer({ bodyStallMs: 100 }, files);
  const { socket } = rawClient(balancer.port);
  socket.pause();
  // More than anybody holds, so that the client has something to write when its connection ends, and learns of it.
  socket.write(get('/assets/large-1.png').repeat(200) + 'x'.repeat(10_000_000));
  await until(() => socket.destroyed);
  expect(socket.bytesRead).toBeLessThan(100_000);
});

test('the same connection asks for other files, with the same headers and with others', async () => {
  const balancer = await startBalancer({}, { ...files, 'client/assets/b-2.js': 'another' });
  const gzip = 'Accept-Encoding: gzip';
  const client = rawClient(balancer.port);
  const ask = async (head: string, end: string) => {
    const before = client.received().length;
    client.socket.write(head);
    await until(() => client.received().slice(before).endsWith(`\r\n\r\n${end}`));
    return client.received().slice(before);
  };
  expect(await ask(get('/assets/a-1.js', gzip), 'gzipped')).toContain('ws://localhost');
  expect(await ask(get('/assets/b-2.js', gzip), 'another')).not.toContain('Content-Encoding');
  expect(await ask(get('/assets/a-1.js'), script)).not.toContain('Content-Encoding');
  const elsewhere = get('/assets/a-1.js', gzip).replace('localhost', 'elsewhere');
  expect(await ask(elsewhere, 'gzipped')).toContain('ws://elsewhere');
  expect(await ask(get('/assets/a-1.js', gzip), 'gzipped')).toContain('ws://localhost');
  // Not plain any more, so that Node's parser has the connection from here on.
  const part = await ask(get('/assets/a-1.js', 'Range: bytes=0-3'), 'xxxx');
  expect(part).toMatch(/^HTTP\/1\.1 206 /);
  expect(await ask(get('/assets/b-2.js', gzip), 'another')).toMatch(/^HTTP\/1\.1 200 /);
});

test('who says goodbye behind many requests still gets all answers, large ones too', async () => {
  const balancer = await startBalancer({}, files);
  const client = rawClient(balancer.port);
  client.socket.pause();
  client.socket.end(get('/assets/large-1.png').repeat(3) + get('/assets/a-1.js'));
  client.socket.resume();
  const answers = await client.ended;
  expect(answers.match(/HTTP\/1\.1 200 OK\r\n/g)).toHaveLength(4);
  expect(answers.length).toBeGreaterThan(12_000_000);
  expect(answers.endsWith(`\r\n\r\n${script}`)).toBe(true);
});

test('a reset in the middle of an answer hurts nobody else', async () => {
  const balancer = await startBalancer({}, files);
  const leaving = Array.from({ length: 20 }, () => rawClient(balancer.port, get('/assets/large-1.png').repeat(5)));
  await Promise.all(leaving.map((client) => until(() => client.received().length > 0)));
  for (const { socket } of leaving) socket.resetAndDestroy();
  expect(await answerTo(balancer.port, get('/healthz', 'Connection: close'))).toContain('"alive"');
  expect(balancer.log.filter((line) => line.includes('"error"'))).toEqual([]);
});

test('who is slow to take an answer gets all of it from a balancer that stops', async () => {
  const large = 'x'.repeat(30_000_000);
  const balancer = await startBalancer({ stopMs: 60_000 }, { ...files, 'client/assets/large-2.png': large });
  const client = rawClient(balancer.port);
  client.socket.pause();
  client.socket.write(get('/assets/large-2.png'));
  await once(client.socket, 'readable');
  const closed = balancer.close();
  client.socket.resume();
  const answer = await client.ended;
  client.socket.destroy();
  expect(answer.length).toBeGreaterThan(large.length);
  await closed;
});

test('who asks for a large file by many names and reads none of it costs no copies', async () => {
  const size = 20_000_000;
  const balancer = await startBalancer({}, { 'client/assets/large-2.png': 'x'.repeat(size) });
  // Whatever it takes to read the file and answer once.
  const head = await answerTo(balancer.port, `HEAD ${get('/assets/large-2.png', 'Connection: close').slice(4)}`);
  expect(head).toContain(`Content-Length: ${size}`);
  const before = process.memoryUsage().arrayBuffers;
  const clients = Array.from({ length: 10 }, (_, index) => {
    const client = rawClient(balancer.port);
    client.socket.pause();
    client.socket.write(get('/assets/large-2.png').replace('localhost', `name-${index}`));
    return client;
  });
  await Promise.all(clients.map(({ socket }) => once(socket, 'readable')));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * size);
});

test('an idle connection ends after its time, one that never asked is told so', async () => {
  const balancer = await startBalancer({ headMs: 300, keepAliveMs: 300 }, files);
  expect(await rawClient(balancer.port).ended).toMatch(/^HTTP\/1\.1 408 /);
  const client = rawClient(balancer.port, get('/assets/a-1.js'));
  expect(await client.ended).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('who leaves without a word is let go at once', async () => {
  const balancer = await startBalancer({}, files);
  const client = rawClient(balancer.port);
  client.socket.end();
  await client.ended;
});

test('with the access log on, files are in it', async () => {
  const balancer = await startBalancer({}, files, undefined, {
    clients: {
      accessLog: true,
      trustedProxies: undefined,
      limits: { connections: 0, handshakesPerSecond: 0, requestsPerSecond: 0, uploads: 0 },
    },
  });
  await answerTo(balancer.port, get('/assets/a-1.js', 'Connection: close'));
  const client = rawClient(balancer.port, get('/assets/a-1.js'));
  await until(() => balancer.log.filter((line) => line.includes('/assets/a-1.js')).length === 2);
  client.socket.destroy();
});
