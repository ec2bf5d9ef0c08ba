import { once } from 'node:events';
import { request as openRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { answerTo, rawClient } from './testing/clients.ts';
import { startBalancer, until, untilState } from './testing/running-balancer.ts';
import { leaveStaleSocket, startRawReplica, startReplica } from './testing/upstreams.ts';

const three = ['chat-1', 'chat-2', 'chat-3'];

describe('requests passed on', () => {
  test('[G8.2] take turns on a cursor of their own', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    const texts: string[] = [];
    for (let index = 0; index < 6; index += 1)
      texts.push(await (await fetch(`${balancer.url}/trpc/a?b=${index}`)).text());
    expect(texts).toEqual([...three, ...three]);
    await Promise.all(Array.from({ length: 90 }, async () => (await fetch(`${balancer.url}/files/x`)).text()));
    expect(replicas.map(({ requests }) => requests.length)).toEqual([32, 32, 32]);
  });

  test('[G8.4] go on where a replica cannot be reached, a body included', async () => {
    const balancer = await startBalancer({ checkIntervalMs: 60_000 });
    const replicas = await Promise.all(
      three.map((id) => startReplica(balancer, id, (request, response) => request.pipe(response))),
    );
    await replicas[0]?.kill();
    const echoes = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const response = await fetch(`${balancer.url}/trpc/send`, { method: 'POST', body: `message ${index}` });
        return [response.status, await response.text()];
      }),
    );
    expect(echoes).toEqual(Array.from({ length: 10 }, (_, index) => [200, `message ${index}`]));
    await untilState(balancer, 'chat-1', 'down');
  });

  test('[G10] one that only reads is asked again elsewhere when its replica breaks off unanswered', async () => {
    const balancer = await startBalancer();
    await startRawReplica(balancer, 'chat-1', (socket) => void socket.destroy());
    await startReplica(balancer, 'chat-2');
    for (let index = 0; index < 4; index += 1)
      expect(await (await fetch(`${balancer.url}/trpc/read`)).text()).toBe('chat-2');
  });

  test('[G3] one that may change something is never sent twice', async () => {
    const balancer = await startBalancer();
    const broken = await startRawReplica(balancer, 'chat-1', (socket) => void socket.destroy());
    const other = await startReplica(balancer, 'chat-2');
    const response = await fetch(`${balancer.url}/trpc/send`, { method: 'POST', body: 'once' });
    expect([response.status, (await response.json()).error.reason]).toEqual([502, 'replica-failed']);
    expect([broken.heads.length, other.requests.length]).toEqual([1, 0]);
  });

  test('stream both ways, however large, with bounded memory', async () => {
    const balancer = await startBalancer();
    await startReplica(balancer, 'chat-1', (request, response) => request.pipe(response));
    const upload = openRequest({ port: balancer.port, method: 'PUT', path: '/files/a', host: '127.0.0.1' });
    let received = 0;
    const answered = once(upload, 'response').then(async ([response]) => {
      for await (const bytes of response) received += bytes.length;
    });
    const before = process.memoryUsage().rss;
    for (let sent = 0; sent < 40; sent += 1) if (!upload.write(Buffer.alloc(1_000_000))) await once(upload, 'drain');
    upload.end();
    await answered;
    expect(received).toBe(40_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test('an answer keeps its status, its headers and their duplicates, hop-by-hop ones excepted', async () => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1', (_, response) => {
      response.writeHead(418, 'Teapot', [
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'X-Hop',
        '1',
        'Connection',
        'X-Hop',
      ]);
      response.end('short and stout');
    });
    const text = await answerTo(
      balancer.port,
      'GET /trpc/x HTTP/1.1\r\nHost: chat.example\r\nX-Forwarded-For: 6.6.6.6\r\nConnection: close\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1\.1 418 Teapot\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n/);
    expect(text).not.toContain('X-Hop');
    const [request] = replica.requests;
    expect([request?.headers.host, request?.headers['x-forwarded-for']]).toEqual(['chat.example', '127.0.0.1']);
  });

  test('[G10] an answer that breaks off breaks off for the client too', async () => {
    const balancer = await startBalancer();
    await startRawReplica(balancer, 'chat-1', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
      setTimeout(() => socket.destroy(), 20);
    });
    const response = await fetch(`${balancer.url}/trpc/x`);
    await expect(response.text()).rejects.toThrow();
  });

  test('[G10] a replica that says nothing is told as 504', async () => {
    const balancer = await startBalancer({ bodyStallMs: 150 });
    const replica = await startRawReplica(balancer, 'chat-1', () => undefined);
    const response = await fetch(`${balancer.url}/trpc/x`);
    expect([response.status, (await response.json()).error.reason]).toEqual([504, 'replica-silent']);
    await until(() => replica.connected() === 0);
  });

  test('[G10] an answer on a kept connection may take as long as any other', async () => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1', (request, response) => {
      // Between two requests this replica keeps a connection for two seconds; Node gives it up after one.
      response.writeHead(200, { Connection: 'keep-alive', 'Keep-Alive': 'timeout=2' });
      setTimeout(() => response.end('ok'), request.url === '/trpc/late' ? 2_500 : 0);
    });
    expect(await (await fetch(`${balancer.url}/trpc/x`)).text()).toBe('ok');
    const late = await fetch(`${balancer.url}/trpc/late`);
    expect([late.status, await late.text()]).toEqual([200, 'ok']);
    expect(new Set(replica.requests.map(({ socket }) => socket)).size).toBe(1);
  });

  test('[G10] connections kept for the next request are closed by us, before the replica would', async () => {
    const balancer = await startBalancer({ bodyStallMs: 100 });
    const replica = await startRawReplica(balancer, 'chat-1', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    expect(await (await fetch(`${balancer.url}/trpc/x`)).text()).toBe('ok');
    expect(replica.connections.size).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await until(() => replica.connected() === 0);
  });

  test('[G8.5] more than a replica may have at once wait in its queue, in order', async () => {
    const balancer = await startBalancer();
    const answers: (() => void)[] = [];
    const replica = await startReplica(balancer, 'chat-1', (_, response) => answers.push(() => response.end('ok')));
    const asked = Array.from({ length: 300 }, async () => (await fetch(`${balancer.url}/trpc/x`)).status);
    await until(() => replica.requests.length === 256);
    const answering = setInterval(() => answers.shift()?.(), 1);
    expect(new Set(await Promise.all(asked))).toEqual(new Set([200]));
    clearInterval(answering);
    expect(replica.requests.length).toBe(300);
  });

  test('[G10] a client that leaves takes its request away', async () => {
    const balancer = await startBalancer();
    const replica = await startRawReplica(balancer, 'chat-1', () => undefined);
    const client = rawClient(balancer.port, 'POST /trpc/x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhalf');
    await until(() => replica.heads.length === 1);
    client.socket.destroy();
    await until(() => replica.connected() === 0);
    expect(balancer.replicas.list()[0]?.counters.requests).toBe(0);
  });

  test.each([
    ['small', 'Content-Length: 10', 0],
    ['large', 'Content-Length: 100000', 128],
    ['chunked', 'Transfer-Encoding: chunked', 128],
  ])('[G10] however many %s bodies come slowly, others are served', async (_, framing, reached) => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1', (request, response) => {
      request.on('error', () => undefined).resume();
      request.on('end', () => response.end('whole'));
    });
    const slow = `POST /trpc/slow HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\n`;
    for (let sent = 0; sent < 300; sent += 1) rawClient(balancer.port, slow);
    const last = rawClient(balancer.port, slow);
    await until(() => balancer.replicas.find('chat-1')?.counters.requests === reached);
    const response = await fetch(`${balancer.url}/trpc/x`, { method: 'POST', body: 'y' });
    expect(await response.text()).toBe('whole');
    if (reached > 0) return;
    last.socket.write('0123456789');
    await until(() => last.received().endsWith('whole'));
    expect(replica.requests.length).toBe(2);
  });

  test('[G10] a small body that stops coming is told as 504', async () => {
    const balancer = await startBalancer({ bodyStallMs: 200 });
    const replica = await startReplica(balancer, 'chat-1');
    const client = rawClient(balancer.port, 'POST /trpc/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');
    expect(await client.ended).toMatch(/^HTTP\/1\.1 504 /);
    expect(replica.requests).toEqual([]);
  });

  test('[G10] while no replica is usable they wait, then get 503 with Retry-After', async () => {
    const balancer = await startBalancer({ waitForReplicaMs: 200 });
    await leaveStaleSocket(balancer, 'chat-1');
    const response = await fetch(`${balancer.url}/trpc/x`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    const late = fetch(`${balancer.url}/trpc/x`);
    await until(() => balancer.replicas.waitingRoom.size === 1);
    await startReplica(balancer, 'chat-1');
    expect(await (await late).text()).toBe('chat-1');
  });

  test.each([
    [
      'both lengths',
      'POST /trpc/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'POST /trpc/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    ['an unknown encoding', 'POST /trpc/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a hidden encoding', 'POST /trpc/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['two Hosts', 'GET /trpc/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['a malformed Host', 'GET /trpc/x HTTP/1.1\r\nHost: a b\r\n\r\n'],
    ['no Host', 'GET /trpc/x HTTP/1.0\r\n\r\n'],
    ['an absolute path', 'GET http://b/trpc/x HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['the path //[', 'GET //[ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['bare line feeds', 'GET /trpc/x HTTP/1.1\nHost: a\n\n'],
  ])('[G10.4] a request with %s is refused before a replica hears of it', async (_, bytes) => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1');
    expect(await answerTo(balancer.port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect(replica.requests).toEqual([]);
  });

  test('[G10] the chunked body of a GET is framed anew and smuggles nothing', async () => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1', (request, response) => request.pipe(response));
    const smuggled = 'GET /trpc/admin HTTP/1.1\r\nHost: a\r\n\r\n';
    const body = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
    const text = await answerTo(
      balancer.port,
      `GET /trpc/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    );
    expect(text).toContain(smuggled);
    expect(replica.requests.map(({ url }) => url)).toEqual(['/trpc/x']);
  });
});
