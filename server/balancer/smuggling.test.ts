import { describe, expect, test } from 'vitest';
import { answerTo, handshake, rawClient } from './testing/clients.ts';
import { type RunningBalancer, startBalancer, until } from './testing/running-balancer.ts';
import { type Replica, startReplica } from './testing/upstreams.ts';

/**
 * Requests on which two parsers may disagree about where one ends. Behind each stands another one; a replica must
 * never see it unless the balancer has taken it for one too and answered it.
 */
const hidden = 'GET /trpc/smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
const hiddenSize = hidden.length.toString(16);
const post = (...headers: string[]) => `POST /trpc/x HTTP/1.1\r\nHost: a\r\n${headers.join('\r\n')}\r\n\r\n`;
const chunked = 'Transfer-Encoding: chunked';

const refused: Record<string, string> = {
  'a length and chunks': `${post('Content-Length: 5', chunked)}0\r\n\r\n${hidden}`,
  'chunks and a length': `${post(chunked, 'Content-Length: 5')}0\r\n\r\n${hidden}`,
  'two lengths that differ': `${post('Content-Length: 0', `Content-Length: ${hidden.length}`)}${hidden}`,
  'two lengths that agree': `${post('Content-Length: 0', 'Content-Length: 0')}${hidden}`,
  'a list of lengths': `${post(`Content-Length: 0, ${hidden.length}`)}${hidden}`,
  'a length with a sign': `${post('Content-Length: +0')}${hidden}`,
  'a negative length': `${post('Content-Length: -1')}${hidden}`,
  'a hexadecimal length': `${post('Content-Length: 0x0')}${hidden}`,
  'a length of words': `${post('Content-Length: 0 0')}${hidden}`,
  'an empty length': `${post('Content-Length:')}${hidden}`,
  'a length too long to count': `${post(`Content-Length: ${'9'.repeat(30)}`)}${hidden}`,
  'a space before the colon of the length': `${post('Content-Length : 0')}${hidden}`,
  'a space before the colon of the encoding': `${post('Transfer-Encoding : chunked')}0\r\n\r\n${hidden}`,
  'a tab before the colon of the encoding': `${post('Transfer-Encoding\t: chunked')}0\r\n\r\n${hidden}`,
  'a folded encoding': `${post('Transfer-Encoding:\r\n chunked')}0\r\n\r\n${hidden}`,
  'a folded header': `${post('X-A: b\r\n Content-Length: 5', 'Content-Length: 0')}${hidden}`,
  'an unknown encoding': `${post('Transfer-Encoding: xchunked')}0\r\n\r\n${hidden}`,
  'chunked first, then something': `${post('Transfer-Encoding: chunked, identity')}0\r\n\r\n${hidden}`,
  'something, then chunked': `${post('Transfer-Encoding: gzip, chunked')}0\r\n\r\n${hidden}`,
  'chunked twice': `${post('Transfer-Encoding: chunked, chunked')}0\r\n\r\n${hidden}`,
  'two encodings': `${post(chunked, 'Transfer-Encoding: identity')}0\r\n\r\n${hidden}`,
  'a quoted encoding': `${post('Transfer-Encoding: "chunked"')}0\r\n\r\n${hidden}`,
  'an encoding with a vertical tab': `${post('Transfer-Encoding: \vchunked')}0\r\n\r\n${hidden}`,
  'an encoding with a zero byte': `${post('Transfer-Encoding: chunked\0')}0\r\n\r\n${hidden}`,
  'a name with an underscore and a space': `${post('Content_Length : 0', 'Content Length: 5')}${hidden}`,
  'a bare line feed in the head': `POST /trpc/x HTTP/1.1\nHost: a\nContent-Length: 0\n\n${hidden}`,
  'a bare line feed after a header': `POST /trpc/x HTTP/1.1\r\nHost: a\nContent-Length: 0\r\n\r\n${hidden}`,
  'a bare carriage return': `POST /trpc/x HTTP/1.1\r\nHost: a\rContent-Length: 0\r\n\r\n${hidden}`,
  'a header without a colon': `${post('Content-Length 0')}${hidden}`,
  'a header that is empty': `${post(': 0')}${hidden}`,
  'HTTP/1.0 with chunks and a length': `POST /trpc/x HTTP/1.0\r\nHost: a\r\n${chunked}\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
  'a version that is none': `POST /trpc/x HTTP/1.2\r\nHost: a\r\nContent-Length: 0\r\n\r\n${hidden}`,
  'a head of HTTP/2': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
  'a method that is none': `P(ST /trpc/x HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
};

/** The first request is taken, its body is broken: its connection ends, and what follows is nobody's. */
const broken: Record<string, string> = {
  'a chunk size with a sign': `${post(chunked)}+0\r\n\r\n${hidden}`,
  'a chunk size with 0x': `${post(chunked)}0x0\r\n\r\n${hidden}`,
  'a chunk size too long to count': `${post(chunked)}${'f'.repeat(17)}\r\n${hidden}`,
  'a negative chunk size': `${post(chunked)}-1\r\n\r\n${hidden}`,
  'a chunk longer than it says': `${post(chunked)}1\r\nab\r\n0\r\n\r\n${hidden}`,
  'chunks with bare line feeds': `${post(chunked)}0\n\n${hidden}`,
  'a chunk extension with a line feed': `${post(chunked)}1;a\nb\r\nx\r\n0\r\n\r\n${hidden}`,
};

describe('[G10.17] smuggling', () => {
  test.each(Object.entries(refused))('%s is refused', async (_, bytes) => {
    const { balancer, replica } = await start();
    const client = rawClient(balancer.port, bytes);
    expect((await client.ended).slice(0, 12)).toMatch(/^HTTP\/1\.1 (?:400|431|405)$|^$/);
    await endsUnseen(replica, balancer);
    expect(replica.requests).toEqual([]);
  });

  test.each(Object.entries(broken))('%s ends the connection', async (_, bytes) => {
    const { balancer, replica } = await start();
    await rawClient(balancer.port, bytes).ended;
    await endsUnseen(replica, balancer);
  });

  test('a body that is another request is a body, whatever says how long it is', async () => {
    const { balancer, replica } = await start();
    const close = 'Connection: close';
    const requests = [
      `${post(close, `Content-Length: ${hidden.length}`)}${hidden}`,
      `${post(close, chunked)}${hiddenSize}\r\n${hidden}\r\n0\r\n\r\n`,
      `${post(close, 'Transfer-Encoding: Chunked')}${hiddenSize};a=b\r\n${hidden}\r\n0\r\nTrailer: x\r\n\r\n`,
      `${post('Connection: close, Content-Length', `Content-Length: ${hidden.length}`)}${hidden}`,
      `${post('Connection: close, Transfer-Encoding', chunked)}${hiddenSize}\r\n${hidden}\r\n0\r\n\r\n`,
      `GET /trpc/x HTTP/1.1\r\nHost: a\r\n${close}\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    ];
    for (const bytes of requests) expect(await answerTo(balancer.port, bytes)).toContain(hidden);
    expect(new Set(replica.requests.map(({ url }) => url))).toEqual(new Set(['/trpc/x']));
  });

  test.each([
    ['a version that is refused', handshake().replace('Version: 13', 'Version: 12')],
    ['a key that is none', handshake().replace(/Key: .*/, 'Key: x')],
    ['a path without WebSockets', handshake([], { path: '/files/x' })],
    ['a body', handshake([`Content-Length: ${hidden.length}`])],
  ])('behind a handshake with %s nothing is read', async (_, bytes) => {
    const { balancer, replica } = await start();
    await rawClient(balancer.port, bytes + hidden).ended;
    await endsUnseen(replica, balancer);
    expect([replica.upgrades, replica.requests]).toEqual([[], []]);
  });
});

async function start(): Promise<{ balancer: RunningBalancer; replica: Replica }> {
  const balancer = await startBalancer({ bodyStallMs: 300, finTimeoutMs: 100 });
  return {
    balancer,
    replica: await startReplica(balancer, 'chat-1', (request, response) => void request.pipe(response)),
  };
}

async function endsUnseen(replica: Replica, balancer: RunningBalancer): Promise<void> {
  // One more request through the same pool shows what an earlier one may have left in it.
  expect(await (await fetch(`${balancer.url}/trpc/after`, { method: 'POST', body: 'after' })).text()).toBe('after');
  await until(() => balancer.replicas.list().every(({ counters }) => counters.requests === 0));
  expect(replica.requests.map(({ url }) => url)).not.toContain('/trpc/smuggled');
  replica.requests.splice(
    replica.requests.findIndex(({ url }) => url === '/trpc/after'),
    1,
  );
}
