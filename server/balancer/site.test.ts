import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request as openRequest } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startBalancer, until } from './testing/running-balancer.ts';
import { startReplica } from './testing/upstreams.ts';

const page = `<!doctype html><title>Ronda</title>${'<p>hello</p>'.repeat(100)}`;
const script = `console.log(${JSON.stringify('x'.repeat(2_000))});`;
const built = {
  'client/index.html': page,
  'client/assets/index-4f2a.js': script,
  'client/assets/index-4f2a.js.br': brotliCompressSync(script),
  'client/assets/pixel-1a2b.png': Buffer.from([1, 2, 3]),
  'client/favicon.svg': '<svg/>',
  'client/service-worker.js': 'addEventListener("fetch", () => {});',
  'client/en.webmanifest': '{ "name": "Ronda" }',
};

describe('the page', () => {
  test('is compressed as the browser likes it best, the build’s own files before ours', async () => {
    const balancer = await startBalancer({ brotliDelayMs: 0 }, built);
    const brotli = await get(balancer.port, '/assets/index-4f2a.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect([brotli.headers['content-encoding'], brotliDecompressSync(brotli.body).toString()]).toEqual(['br', script]);
    expect(brotli.headers.vary).toBe('Accept-Encoding');
    await waitUntilCompressed(balancer.port, 'gzip');
    const gzip = await get(balancer.port, '/', { 'accept-encoding': 'gzip, br;q=0' });
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.body).toString()]).toEqual(['gzip', page]);
    await waitUntilCompressed(balancer.port, 'br');
    const plain = await get(balancer.port, '/');
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, page]);
    const picture = await get(balancer.port, '/assets/pixel-1a2b.png', { 'accept-encoding': 'br' });
    expect([picture.headers['content-encoding'], picture.headers['content-type']]).toEqual([undefined, 'image/png']);
  });

  test('keeps hashed files for a year, and asks about all others every time', async () => {
    const { port } = await startBalancer({}, built);
    expect((await get(port, '/assets/index-4f2a.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    for (const path of ['/', '/index.html', '/favicon.svg', '/setup'])
      expect((await get(port, path)).headers['cache-control']).toBe('no-cache');
  });

  test('[O.1] serves the service worker at an address that stays, for the whole page, and never from a cache unasked', async () => {
    const { port } = await startBalancer({}, built);
    const { status, headers } = await get(port, '/service-worker.js');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-cache');
    // Under another type a browser refuses it; at the root its scope is everything without a word from us.
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    // It is bound by the policy that it came with: it runs and reaches what is ours.
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    const manifest = await get(port, '/en.webmanifest');
    expect(manifest.headers['content-type']).toBe('application/manifest+json; charset=utf-8');
    expect(manifest.headers['cache-control']).toBe('no-cache');
    expect(manifest.headers['content-security-policy']).toContain("manifest-src 'self'; worker-src 'self'");
  });

  test('answers 304 to who has it already, with a tag for each encoding', async () => {
    const { port } = await startBalancer({}, built);
    const { etag = '' } = (await get(port, '/')).headers;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
      expect((await get(port, '/channels/3', { 'if-none-match': known })).status).toBe(304);
    expect((await get(port, '/', { 'if-none-match': '"other"' })).status).toBe(200);
    const brotli = await get(port, '/assets/index-4f2a.js', { 'accept-encoding': 'br' });
    const plain = await get(port, '/assets/index-4f2a.js');
    expect(brotli.headers.etag).not.toBe(plain.headers.etag);
  });

  test('stands for every address of the application, and for no file that is not there', async () => {
    const { port } = await startBalancer({}, built);
    for (const path of ['/setup', '/join/x', '/channels/3', '/channels/3?at=5', '/trpcs', '/%', '/%ff/x'])
      expect([(await get(port, path)).status, (await get(port, path)).body.toString()]).toEqual([200, page]);
    for (const path of ['/assets/gone-1234.js', '/assets/', '/robots.txt'])
      expect((await get(port, path)).status).toBe(404);
    for (const path of ['/assets/../index.js', '/%2e%2e/package.json'])
      expect((await get(port, path)).status).toBe(400);
  });

  test('is served in parts to who asks for one', async () => {
    const { port } = await startBalancer({}, built);
    const path = '/assets/index-4f2a.js';
    const part = async (range: string, more: Record<string, string> = {}) => {
      const { status, headers, body } = await get(port, path, { range, 'accept-encoding': 'br', ...more });
      return [status, headers['content-range'], body.toString()];
    };
    const size = script.length;
    expect(await part('bytes=3-6')).toEqual([206, `bytes 3-6/${size}`, script.slice(3, 7)]);
    expect(await part('bytes=-4')).toEqual([206, `bytes ${size - 4}-${size - 1}/${size}`, script.slice(-4)]);
    expect(await part(`bytes=10-${size * 2}`)).toEqual([206, `bytes 10-${size - 1}/${size}`, script.slice(10)]);
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, '']);
    const { etag = '' } = (await get(port, path)).headers;
    expect((await part('bytes=0-0', { 'if-range': etag }))[0]).toBe(206);
    for (const whole of ['bytes=5-3', 'bytes=0-1,4-5', 'bytes=-', 'lines=1-2'])
      expect([whole, ...(await part(whole))]).toEqual([whole, 200, undefined, script]);
    expect(await part('bytes=0-0', { 'if-range': '"other"' })).toEqual([200, undefined, script]);
  });

  test('names what it needs first in its header', async () => {
    const tags =
      '<script type="module" crossorigin src="/assets/a.js"></script><link rel="stylesheet" href="/assets/a.css">';
    const { port } = await startBalancer({}, { 'client/index.html': `${tags}<link rel="icon" href="/favicon.svg">` });
    expect((await get(port, '/channels/3')).headers.link).toBe(
      '</assets/a.js>; rel=modulepreload, </assets/a.css>; rel=preload; as=style; crossorigin',
    );
  });

  test('is only read', async () => {
    const { port } = await startBalancer({}, built);
    const head = await get(port, '/', {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(page.length), 0]);
    const posted = await get(port, '/', {}, 'POST');
    expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('[G10.11] runs no script but its own and cannot be framed', async () => {
    const { port } = await startBalancer({}, built);
    const { headers } = await get(port, '/setup', { host: 'chat.example:8080' });
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' ws://chat.example:8080 wss://chat.example:8080",
    );
    for (const path of ['/', '/assets/index-4f2a.js', '/assets/gone.js', '/healthz', '/readyz']) {
      const answer = await get(port, path);
      expect([
        path,
        answer.headers['x-content-type-options'],
        answer.headers['content-security-policy'] !== undefined,
      ]).toEqual([path, 'nosniff', true]);
    }
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('that is not built yet is told plainly, and served as soon as it is', async () => {
    const balancer = await startBalancer();
    const missing = await get(balancer.port, '/');
    expect([missing.status, missing.body.toString()]).toEqual([503, 'The page is not built yet. Run: npm run build\n']);
    await mkdir(join(balancer.directory, 'client'));
    await writeFile(join(balancer.directory, 'client/index.html'), page);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await get(balancer.port, '/')).body.toString()).toBe(page);
  });
});

describe('the state of the balancer', () => {
  test('it lives without a replica, and is ready with one', async () => {
    const balancer = await startBalancer();
    expect((await get(balancer.port, '/healthz')).status).toBe(200);
    expect((await get(balancer.port, '/readyz')).status).toBe(503);
    const replica = await startReplica(balancer, 'chat-1');
    expect((await get(balancer.port, '/readyz')).status).toBe(200);
    await replica.stop();
    await until(() => !balancer.replicas.usable());
    expect((await get(balancer.port, '/readyz')).status).toBe(503);
  });
});

type Answer = { status: number | undefined; headers: IncomingMessage['headers']; body: Buffer };

/** Not `fetch`, which decompresses and won't send every header. */
function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = openRequest({ host: '127.0.0.1', port, path, headers, method, agent: false });
    request.on('error', reject);
    request.on('response', async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    request.end();
  });
}

async function waitUntilCompressed(port: number, encoding: string): Promise<void> {
  while ((await get(port, '/', { 'accept-encoding': encoding })).headers['content-encoding'] !== encoding);
}
