import { describe, expect, test } from 'vitest';
import { answerTo, handshake, openWebSocket, rawClient, switching, webSocketAccept } from './testing/clients.ts';
import { startBalancer, until } from './testing/running-balancer.ts';
import { startRawReplica, startReplica } from './testing/upstreams.ts';

describe('a handshake that must not pass', () => {
  const refused: [string, string, number][] = [
    ['a Host with a space', handshake([], { host: 'Host: a b' }), 400],
    ['a Host of %', handshake([], { host: 'Host: %' }), 400],
    ['an empty Host', handshake([], { host: 'Host:' }), 400],
    ['no Host', handshake([], { host: '' }), 400],
    ['two Hosts', handshake(['Host: other']), 400],
    ['the path //[', handshake([], { path: '//[' }), 400],
    ['the path //host/trpc', handshake([], { path: '//host/trpc' }), 400],
    ['an absolute path', handshake([], { path: 'http://localhost/trpc' }), 400],
    ['another path', handshake([], { path: '/elsewhere' }), 404],
    ['another method', handshake().replace('GET', 'POST'), 405],
    ['another version', handshake().replace('Version: 13', 'Version: 12'), 426],
    ['no key', handshake().replace(/Sec-WebSocket-Key.*\r\n/, ''), 400],
    ['two keys', handshake([`Sec-WebSocket-Key: ${webSocketAccept}`]), 400],
    ['a key that is none', handshake().replace(/(Sec-WebSocket-Key: ).*/, '$1abc'), 400],
    ['a counted body', `${handshake(['Content-Length: 5'])}hello`, 400],
    ['a body that is still to come', handshake(['Content-Length: 5']), 400],
    ['a chunked body that is still to come', handshake(['Transfer-Encoding: chunked']), 400],
    ['a chunked body', `${handshake(['Transfer-Encoding: chunked'])}0\r\n\r\n`, 400],
    ['bare line feeds', handshake().replaceAll('\r\n', '\n'), 400],
    ['a header line that goes on', handshake(['X-A: b\r\n c']), 400],
    ['more than 64 KB at once', handshake() + 'x'.repeat(70_000), 400],
  ];

  test.each(refused)('[G10.4] %s is refused before a replica hears of it', async (_, bytes, status) => {
    const balancer = await startBalancer();
    const replica = await startRawReplica(balancer, 'chat-1', () => undefined);
    expect(await answerTo(balancer.port, bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(replica.heads.filter((head) => !head.includes('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='))).toEqual([]);
    await until(() => replica.connected() === 0);
  });

  test('[G10.4] after many malformed ones the others are still served', async () => {
    const balancer = await startBalancer();
    await startReplica(balancer, 'chat-1');
    const { socket } = await openWebSocket(balancer.port);
    await Promise.all(refused.map(([, bytes]) => answerTo(balancer.port, bytes)));
    expect(socket.readyState).toBe(socket.OPEN);
    expect((await openWebSocket(balancer.port)).replica).toBe('chat-1');
    expect(balancer.log.join('')).not.toContain('"error"');
  });
});

describe('smuggling', () => {
  const smuggled = 'GET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n';

  test.each([
    ['426', 'HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n'],
    ['200', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    [
      '101 with another key',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
    ],
    ['101 without a key', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
    ['101 with two keys', switching.replace('\r\n\r\n', `\r\nSec-WebSocket-Accept: ${webSocketAccept}\r\n\r\n`)],
    ['something that is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['an endless head', `HTTP/1.1 101 Switching Protocols\r\nX: ${'x'.repeat(20_000)}`],
  ])('[G10] after a %s no byte of the client reaches the replica', async (_, answer) => {
    const balancer = await startBalancer({ finTimeoutMs: 200, handshakeTimeoutMs: 500 });
    let leaked = '';
    const replica = await startRawReplica(balancer, 'chat-1', (socket) => {
      socket.on('data', (data) => {
        leaked += data;
      });
      socket.write(answer);
    });
    const client = rawClient(balancer.port, handshake() + smuggled);
    setTimeout(() => client.socket.write(smuggled), 20);
    const received = await client.ended;
    expect(received).not.toContain('HTTP/1.1 101');
    expect(received).toContain('Connection: close');
    await until(() => replica.connected() === 0);
    expect([leaked, replica.heads.length]).toEqual(['', 1]);
  });

  test('[G10] an interim answer is passed over, the one after it counts', async () => {
    const balancer = await startBalancer();
    await startRawReplica(balancer, 'chat-1', (socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n');
      setTimeout(() => socket.write(switching), 10);
    });
    const client = rawClient(balancer.port, handshake());
    await until(() => client.received() === switching);
  });

  test('[G10] what a replica sends after the end of its refusal is not passed on', async () => {
    const balancer = await startBalancer();
    const excess = 'HTTP/1.1 200 OK\r\n\r\nnot yours';
    await startRawReplica(balancer, 'chat-1', (socket) => {
      socket.write(`HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno${excess}`);
    });
    expect(await answerTo(balancer.port, handshake())).toBe(
      'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno',
    );
  });

  test('[G10] an upgrade behind an unanswered request cannot mix the two answers', async () => {
    const balancer = await startBalancer({ finTimeoutMs: 200 });
    await startReplica(balancer, 'chat-1', (_, response) => void setTimeout(() => response.end('slow'), 50));
    const received = await answerTo(balancer.port, `GET /trpc/slow HTTP/1.1\r\nHost: localhost\r\n\r\n${handshake()}`);
    expect(received).not.toContain('101 Switching');
  });
});

describe('the headers of a handshake', () => {
  test('[G10] reach the replica unmerged and in order, hop-by-hop ones rebuilt', async () => {
    const balancer = await startBalancer();
    const replica = await startRawReplica(balancer, 'chat-1', (socket) => void socket.write(switching));
    rawClient(
      balancer.port,
      handshake([
        'Cookie: a=1',
        'Origin: http://localhost',
        'Cookie: b=2',
        'Connection: X-Secret',
        'X-Secret: 1',
        'Sec-WebSocket-Protocol: x, y',
      ]),
    );
    await until(() => replica.heads.length === 1);
    expect(replica.heads[0]?.split('\r\n')).toEqual([
      'GET /trpc HTTP/1.1',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Host: localhost',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Cookie: a=1',
      'Origin: http://localhost',
      'Cookie: b=2',
      'Sec-WebSocket-Protocol: x, y',
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: localhost',
      'Forwarded: for=127.0.0.1;proto=http;host="localhost"',
      '',
      '',
    ]);
  });

  test('the scheme that people use, as PUBLIC_URL has it, is told to the replica', async () => {
    const balancer = await startBalancer({}, {}, 'https://chat.example.org');
    const replica = await startRawReplica(balancer, 'chat-1', (socket) => void socket.write(switching));
    rawClient(balancer.port, handshake());
    await until(() => replica.heads.length === 1);
    expect(replica.heads[0]).toContain('X-Forwarded-Proto: https\r\n');
  });
});
