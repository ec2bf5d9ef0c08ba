import { once } from 'node:events';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawClient } from '../testing/clients.ts';
import { closeAfterTest } from '../testing/running-balancer.ts';
import { keepsAlive, opensWebSocket, readPlainRequest } from './plain-request.ts';

const plain =
  'GET /trpc?a=b HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: a=b; c="d"\r\n\r\n';

test('reads a plain head and leaves what stands behind it', () => {
  const request = readPlainRequest(Buffer.from(`${plain}rest`));
  expect(request).toMatchObject({ method: 'GET', url: '/trpc?a=b', byteLength: plain.length });
  expect(request?.rawHeaders.slice(-2)).toEqual(['Cookie', 'a=b; c="d"']);
  expect(request !== undefined && opensWebSocket(request) && !keepsAlive(request)).toBe(true);
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
  const taken = bytes.flatMap((each) => {
    const { method, url, rawHeaders, byteLength } = readPlainRequest(each) ?? {};
    return method === undefined ? [] : [{ bytes: each.subarray(0, byteLength), read: { method, url, rawHeaders } }];
  });
  expect(taken.length).toBeGreaterThan(500);
  const last = Buffer.from('GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = rawClient(port, Buffer.concat([...taken.map((each) => each.bytes), last]));
  await client.ended;
  expect(seen.slice(0, -1)).toEqual(taken.map(({ read }) => read));
}, 60_000);
