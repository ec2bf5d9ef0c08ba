import { hash, randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { selfSigned } from '../../testing/self-signed.ts';
import { loadAssets } from '../asset-cache.ts';
import { rawClient } from '../testing/clients.ts';
import { closeAfterTest, startBalancer, temporaryDirectory, until } from '../testing/running-balancer.ts';
import type { Timings } from '../timings.ts';
import { readPlainRequest } from './plain-request.ts';
import { createPreparedAnswers } from './prepared-answer.ts';

const large = randomBytes(3_000_000).toString('base64');
const medium = 'y'.repeat(100_000);
const files = {
  'client/assets/large-1.png': large,
  'client/assets/medium-1.png': medium,
  'client/assets/small-1.png': 'x'.repeat(5_000),
};
const get = (path: string, host = 'localhost', headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`;

test('who reads nothing is closed, also where what waits is less than a stream likes to hold', async () => {
  const arrived = noteArrivals();
  const balancer = await startBalancer({ headMs: 500, bodyStallMs: 300 }, files);
  const few = get('/assets/small-1.png').repeat(5);
  const client = rawClient(balancer.port, few);
  client.socket.pause();
  await until(() => arrived[0]?.bytesRead === few.length);
  const [socket] = arrived as [Socket];
  let asked = few.length;
  await until(() => {
    // As long as the kernel takes the answers.
    if (socket.writableLength === 0 && socket.bytesRead === asked) {
      client.socket.write(few);
      asked += few.length;
    }
    expect(socket.writableNeedDrain).toBe(false);
    return socket.destroyed;
  }, 15_000);
});

const ways = [
  { way: 'the short way', headers: '' },
  { way: "Node's server", headers: 'Range: bytes=0-\r\n' },
];

test.each(ways)('who reads nothing of a large file over TLS costs no copies, by $way', async ({ headers }) => {
  const size = 20_000_000;
  const { open } = await startWithTls({}, { 'client/assets/large-2.png': 'x'.repeat(size) });
  const ask = async () => {
    const client = open(get('/assets/large-2.png', 'localhost', headers));
    client.pause();
    await once(client, 'readable');
  };
  // Whatever it takes to read the file and answer once.
  await ask();
  // OpenSSL's memory is in no other count.
  const before = process.memoryUsage.rss();
  for (let index = 0; index < 20; index += 1) await ask();
  expect(process.memoryUsage.rss() - before).toBeLessThan(8 * size);
});

test('over TLS too, who says goodbye behind many requests gets all answers whole and in order', async () => {
  const { open } = await startWithTls();
  const paths = ['large', 'medium', 'small', 'large', 'medium'];
  const client = open('');
  client.end(paths.map((path) => get(`/assets/${path}-1.png`)).join(''));
  expect(await bodiesFor(client)).toEqual(paths.map(summaryOf));
});

test("parts of large files come whole and in order over TLS, from Node's server", async () => {
  const { open } = await startWithTls();
  const paths = ['large', 'medium', 'small', 'large'];
  const range = 'Range: bytes=0-\r\n';
  const last = get('/assets/medium-1.png', 'localhost', `${range}Connection: close\r\n`);
  const client = open(paths.map((path) => get(`/assets/${path}-1.png`, 'localhost', range)).join('') + last);
  expect(await bodiesFor(client)).toEqual([...paths, 'medium'].map(summaryOf));
});

test('over TLS too, who reads nothing is closed after a while', async () => {
  const arrived = noteArrivals();
  const { open } = await startWithTls({ bodyStallMs: 100 });
  const client = open(get('/assets/large-1.png').repeat(20));
  client.pause();
  await once(client, 'readable');
  await until(() => arrived[0]?.destroyed === true);
});

test('a reset in the middle of an answer over TLS leaves nothing and hurts nobody else', async () => {
  const arrived = noteArrivals();
  const { balancer, open } = await startWithTls();
  const leaving = Array.from({ length: 20 }, () => open(get('/assets/large-1.png').repeat(5)));
  await Promise.all(leaving.map((client) => once(client.pause(), 'readable')));
  // The kernel makes a reset of it, since there is more to read.
  for (const client of leaving) client.destroy();
  await until(() => arrived.length === 20 && arrived.every((socket) => socket.destroyed));
  const other = open(get('/assets/small-1.png'));
  expect(String((await once(other, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(balancer.log.filter((line) => line.includes('"error"'))).toEqual([]);
});

test.each([false, true])('of whatever hosts, one a second gets a copy of a file (TLS: %s)', async (tls) => {
  const directory = await temporaryDirectory(files);
  const assets = await loadAssets(join(directory, 'client'), 3_000);
  closeAfterTest(assets.close);
  const answerTo = createPreparedAnswers({ assets, tls, keepAliveMs: 75_000 });
  const bodies = ['small', 'medium', 'large'].map((name) => {
    const answers = Array.from({ length: 50 }, (_, index) => {
      const request = readPlainRequest(Buffer.from(get(`/assets/${name}-1.png`, `name-${index}`)), undefined);
      const answer = request === undefined ? undefined : answerTo(request);
      if (answer === undefined) throw new Error('no answer');
      expect(answer.start.toString()).toContain(`ws://name-${index} `);
      return answer;
    });
    const seconds = new Set(answers.map(({ second }) => second)).size;
    const shared = new Set(answers.map(({ rest }) => rest?.buffer).filter((buffer) => buffer !== undefined));
    const copies = answers.filter(({ rest }) => rest === undefined).length;
    expect(shared.size).toBe(1);
    expect(copies).toBeLessThanOrEqual(seconds);
    return copies === 0 ? 'never copied' : 'copied';
  });
  expect(bodies).toEqual(['copied', tls ? 'never copied' : 'copied', 'never copied']);
});

const summary = (body: string) => `${body.length} bytes, ${hash('sha256', body)}`;
const summaryOf = (name: string) => summary(files[`client/assets/${name}-1.png` as keyof typeof files]);

/** The bodies of all answers until the end. */
async function bodiesFor(client: TLSSocket): Promise<string[]> {
  let received = '';
  client.setEncoding('latin1').on('data', (text) => {
    received += text;
  });
  await once(client, 'end');
  const bodies = received.split(/HTTP\/1\.1 20[06] .+\r\n(?:.+\r\n)+\r\n/).slice(1);
  return bodies.map(summary);
}

/** The balancer's own ends of its connections. */
function noteArrivals(): Socket[] {
  const arrived: Socket[] = [];
  const note = (message: unknown): void => void arrived.push((message as { socket: Socket }).socket);
  subscribe('net.server.socket', note);
  closeAfterTest(() => void unsubscribe('net.server.socket', note));
  return arrived;
}

async function startWithTls(timings: Partial<Timings> = {}, served: Record<string, string> = files) {
  const { cert, key } = await selfSigned();
  const directory = await temporaryDirectory({ 'cert.pem': cert, 'key.pem': key });
  const paths = { certificatePath: join(directory, 'cert.pem'), keyPath: join(directory, 'key.pem') };
  const balancer = await startBalancer(timings, served, undefined, { tls: { kind: 'files', ...paths } });
  const open = (bytes: string): TLSSocket => {
    const { port } = balancer;
    const client = connect(port, '127.0.0.1', { rejectUnauthorized: false });
    closeAfterTest(() => void client.destroy());
    client.on('error', () => undefined);
    if (bytes !== '') client.write(bytes);
    return client;
  };
  return { balancer, open };
}
