import { once } from 'node:events';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawClient } from '../testing/clients.ts';
import { closeAfterTest } from '../testing/running-balancer.ts';
import { type PlainHeaders, readPlainRequest } from './plain-request.ts';

const plain =
  'GET /trpc?a=b HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: a=b; c="d"\r\n\r\n';

test('reads a plain head and leaves what stands behind it', () => {
  const request = readPlainRequest(Buffer.from(`${plain}rest`));
  expect(request).toMatchObject({ url: '/trpc?a=b', byteLength: plain.length });
  expect(request?.headers.raw.slice(-2)).toEqual(['Cookie', 'a=b; c="d"']);
  expect(request?.headers.asksFor).toBe('web-socket');
});

test.each([
  ['a head that goes on', plain.slice(0, -1)],
  ['another method', plain.replace('GET', 'POST')],
  ['another version', plain.replace('HTTP/1.1', 'HTTP/1.0')],
  ['an absolute path', plain.replace('/trpc', 'http://a/trpc')],
  ['two spaces in the first line', plain.replace('GET ', 'GET  ')],
  ['a space before a colon', plain.replace('Host:', 'Host :')],
  ['no space behind a colon', plain.replace('Host: ', 'Host:')],
  ['a space at the end of a line', plain.replace('Host: a', 'Host: a ')],
  ['a tab', plain.replace('Host: a', 'Host:\ta')],
  ['a bare line feed', plain.replace('Host: a\r\n', 'Host: a\n')],
  ['a bare carriage return', plain.replace('Host: a\r\n', 'Host: a\r')],
  ['a folded line', plain.replace('Host: a', 'Host: a\r\n b')],
  ['a byte above 127', plain.replace('a=b; c', '\xe9')],
  ['a header twice', plain.replace('Cookie', 'HOST')],
  ['an empty header', plain.replace('Host: a', 'Host: ')],
  ['a length', plain.replace('Cookie: a=b', 'Content-Length: 0')],
  ['an encoding', plain.replace('Cookie: a=b', 'Transfer-Encoding: chunked')],
  ['an expectation', plain.replace('Cookie: a=b', 'Expect: 100-continue')],
  ['more than 8 KB', plain.replace('Cookie: a', `Cookie: ${'a'.repeat(8_192)}`)],
])('%s is not plain', (_, head) => {
  expect(readPlainRequest(Buffer.from(head, 'latin1'))).toBeUndefined();
});

test('headers that came before are not read again, and any others are', () => {
  const first = readPlainRequest(Buffer.from(plain));
  const second = readPlainRequest(Buffer.from(plain.replace('/trpc?a=b', '/another')), first?.headers);
  expect(second).toEqual({ url: '/another', headers: first?.headers, byteLength: plain.length - 1 });
  expect(second?.headers).toBe(first?.headers);
  for (const other of [
    plain.replace('Host: a', 'Host: b'),
    plain.replace('c="d"', 'c="d"e'),
    plain.replace('\r\n\r\n', '\r\nRange: bytes=0-1\r\n\r\n'),
    plain.replace('Upgrade\r\n', 'keep-alive\r\n'),
  ])
    expect(readPlainRequest(Buffer.from(other), first?.headers)).toEqual(readPlainRequest(Buffer.from(other)));
  for (const cut of [1, 2, 3, 4, 20])
    expect(readPlainRequest(Buffer.from(plain.slice(0, -cut)), first?.headers)).toBeUndefined();
});

test.each([
  ['web-socket', plain],
  ['whole-file', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['whole-file', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n'],
  ['something-else', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['something-else', 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n'],
  ['something-else', 'GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\n\r\n'],
  ['something-else', 'GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: "a"\r\n\r\n'],
])('tells that it asks for a %s', (asksFor, head) => {
  expect(readPlainRequest(Buffer.from(head))?.headers.asksFor).toBe(asksFor);
});

const names = ['Host', 'Cookie', 'Accept', 'X-A', '__proto__', 'Upgrade-Insecure-Requests', 'a!#$%&*+.^_`|~'];
const line = fc.tuple(
  fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary-ascii', maxLength: 4 })),
  fc.constantFrom(': ', ': ', ': ', ':', ' : ', ':\t'),
  fc.string({ unit: 'binary-ascii', maxLength: 8 }),
  fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'),
);
const head = fc
  .tuple(
    fc.constantFrom('GET /', 'GET /', 'GET  /', 'get /', 'GET //'),
    fc.string({ unit: 'binary-ascii', maxLength: 5 }),
    fc.array(line, { maxLength: 5 }),
  )
  .map(([start, path, lines]) => `${start}${path} HTTP/1.1\r\nHost: a\r\n${lines.flat().join('')}\r\n`);

test("[G10.17] of whatever it takes, Node's parser reads the same", async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, rawHeaders: request.rawHeaders });
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterTest(() => {
    server.close();
    server.closeAllConnections();
  });
  const bytes = fc.sample(head, 20_000).map((text) => Buffer.from(text, 'latin1'));
  let latest: PlainHeaders | undefined;
  const taken = bytes.flatMap((each) => {
    const request = readPlainRequest(each, latest);
    if (request === undefined) return [];
    latest = request.headers;
    const read = { method: 'GET', url: request.url, rawHeaders: latest.raw };
    return [{ bytes: each.subarray(0, request.byteLength), read }];
  });
  expect(taken.length).toBeGreaterThan(500);
  const last = Buffer.from('GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = rawClient(port, Buffer.concat([...taken.map((each) => each.bytes), last]));
  await client.ended;
  expect(seen.slice(0, -1)).toEqual(taken.map(({ read }) => read));
}, 60_000);
