import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createPageFetcher } from './fetch-page.ts';
import { publicWeb } from './network-policy.ts';

/** A real server; what it answers, and how often it was asked. */
async function serve(answer: RequestListener, host = '127.0.0.1') {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    answer(request, response);
  }).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${host}:${port}/`, asked };
}

const page: RequestListener = (_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end('<title>Here</title>');
};
const loopback = { allowsAddress: (address: string) => address === '127.0.0.1', allowsPort: () => true };
const fetchPage = createPageFetcher(loopback);

test('a page is fetched, through redirects, up to its limit', async () => {
  const target = await serve(page);
  const { url } = await serve((request, response) => {
    response.writeHead(302, { location: request.url === '/' ? '/next' : target.url }).end();
  });
  expect((await fetchPage(url))?.body.toString()).toContain('Here');

  const endless = await serve((_, response) => {
    response.setHeader('content-type', 'text/html');
    const write = () => {
      while (response.write(Buffer.alloc(65_536, 'x')));
      response.once('drain', write);
    };
    write();
  });
  expect((await fetchPage(endless.url))?.body.length).toBe(512 * 1024);
});

test('[T.6] loopback, other ports, other schemes and user names are refused before anything is sent', async () => {
  const local = await serve(page);
  const fetchPublic = createPageFetcher({ ...publicWeb, allowsPort: () => true });
  for (const url of [local.url, `http://localhost:${local.port}`, `http://[::ffff:127.0.0.1]:${local.port}`])
    expect(await fetchPublic(url), url).toBeUndefined();
  for (const url of [`http://2130706433:${local.port}`, `http://0x7f.1:${local.port}`, `http://127.1:${local.port}`])
    expect(await fetchPublic(url), url).toBeUndefined();
  const noPorts = createPageFetcher({ ...loopback, allowsPort: publicWeb.allowsPort });
  expect(await noPorts(local.url)).toBeUndefined();
  for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', local.url.replace('//', '//user@')])
    expect(await fetchPage(url), url).toBeUndefined();
  expect(local.asked).toEqual([]);
});

test('[T.6] a redirect to where one may not connect is not followed, and neither is an endless one', async () => {
  const inside = await serve(page, '127.0.0.2');
  const outside = await serve((_, response) => response.writeHead(301, { location: inside.url }).end());
  expect(await fetchPage(outside.url)).toBeUndefined();
  expect(outside.asked).toHaveLength(1);
  expect(inside.asked).toEqual([]);

  const round = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
  expect(await fetchPage(round.url)).toBeUndefined();
  expect(round.asked).toHaveLength(4);
});

test('[T.6] a name that changes its address between check and connection leads nowhere else', async () => {
  const inside = await serve(page, '127.0.0.2');
  const outside = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>Out</title>'),
  );
  outside.listen(inside.port, '127.0.0.1');
  await once(outside, 'listening');
  onTestFinished(() => void outside.close());

  const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.2'];
  const rebinding = createPageFetcher(loopback, async () => [answers.shift() ?? '']);
  expect((await rebinding(`http://rebinding.example:${inside.port}/`))?.body.toString()).toContain('Out');
  expect(await rebinding(`http://rebinding.example:${inside.port}/`)).toBeUndefined();
  const mixed = createPageFetcher(loopback, async () => ['127.0.0.1', '127.0.0.2']);
  expect(await mixed(`http://mixed.example:${inside.port}/`)).toBeUndefined();
  expect(inside.asked).toEqual([]);
});

test('what is no page, is packed, or fails is no preview', async () => {
  const types: [number, Record<string, string>][] = [
    [200, { 'content-type': 'image/png' }],
    [200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }],
    [200, {}],
    [404, { 'content-type': 'text/html' }],
    [302, { location: 'http://[' }],
  ];
  for (const [status, headers] of types) {
    const { url } = await serve((_, response) => response.writeHead(status, headers).end('<title>x</title>'));
    expect(await fetchPage(url), JSON.stringify(headers)).toBeUndefined();
  }
  const silent = await serve(() => undefined);
  expect(await fetchPage(silent.url, AbortSignal.timeout(100))).toBeUndefined();
});
