import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handshake, rawClient, switching } from './testing/clients.ts';
import { startBalancer, until } from './testing/running-balancer.ts';
import { startRawReplica } from './testing/upstreams.ts';

const host = 'Host: localhost\r\n';
const messages = [
  handshake(),
  `GET / HTTP/1.1\r\n${host}Accept-Encoding: br;q=0.5, gzip\r\nIf-None-Match: "x"\r\n\r\n`,
  `POST /trpc/x HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`,
  `PUT /files/x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  `GET /trpc/y HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
  `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
  `CONNECT a:80 HTTP/1.1\r\n${host}\r\n`,
];
const answerParts = [
  switching,
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 999 \r\n',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Set-Cookie: \xe9\r\n',
  'X: \x01\r\n',
  '\r\n',
  '5\r\nhello\r\n',
  '0\r\n\r\n',
  '\0\xff',
];

/** A place in a message, from 0 to 1, and what happens there. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('replace', 'insert', 'cut', 'repeat'),
  text: fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 3 }),
    fc.constantFrom(
      '\r\n',
      '\n',
      'Host: b\r\n',
      'Content-Length: 7\r\n',
      'Transfer-Encoding: chunked\r\n',
      ...messages,
    ),
  ),
});
const bytesOfClient = fc
  .tuple(fc.constantFrom(...messages), fc.array(change, { maxLength: 4 }))
  .map(([message, changes]) => changes.reduce(changed, message));
const bytesOfReplica = fc
  .array(fc.constantFrom(...answerParts), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

// An exception that nobody catches fails the run by itself.
test('[G10] whatever clients and replicas send, in whatever pieces, the balancer lives and leaks nothing', async () => {
  const balancer = await startBalancer({
    handshakeTimeoutMs: 200,
    finTimeoutMs: 100,
    bodyStallMs: 200,
    waitForReplicaMs: 200,
  });
  const answers = fc.sample(bytesOfReplica, 200);
  let answered = 0;
  const hostile = await startRawReplica(balancer, 'chat-1', (socket) => {
    answered += 1;
    socket.write(answers[answered % answers.length] ?? '', 'latin1');
    if (answered % 3 === 0) socket.end();
    if (answered % 3 === 1) setTimeout(() => socket.destroy(), 10);
  });
  const sent = fc.sample(bytesOfClient, 1_000);
  for (let start = 0; start < sent.length; start += 50) {
    const clients = sent.slice(start, start + 50).map((text, index) => {
      const bytes = Buffer.from(text, 'latin1');
      const half = Math.floor((bytes.length * (index % 10)) / 10);
      const client = rawClient(balancer.port, bytes.subarray(0, half));
      setTimeout(() => client.socket.write(bytes.subarray(half)), index % 7);
      return client;
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
    for (const [index, { socket }] of clients.entries()) {
      if (index % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
  await until(() => hostile.connected() === 0);
  expect(balancer.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  await until(() => balancer.replicas.list().every(({ counters }) => counters.tunnels + counters.requests === 0));
  expect((await fetch(`${balancer.url}/healthz`)).status).toBe(200);
}, 60_000);

function changed(message: string, { at, kind, text }: { at: number; kind: string; text: string }): string {
  const index = Math.floor(at * message.length);
  const [before, after] = [message.slice(0, index), message.slice(index)];
  switch (kind) {
    case 'replace':
      return before + text + after.slice(text.length);
    case 'insert':
      return before + text + after;
    case 'cut':
      return before + after.slice(7);
    default:
      return before + after + message;
  }
}
