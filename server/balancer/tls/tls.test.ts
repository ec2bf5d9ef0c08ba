import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request as ask } from 'node:https';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { selfSigned } from '../../testing/self-signed.ts';
import { readConfig } from '../config.ts';
import { answerTo } from '../testing/clients.ts';
import {
  closeAfterTest,
  type RunningBalancer,
  startBalancer,
  temporaryDirectory,
  until,
} from '../testing/running-balancer.ts';
import { startReplica } from '../testing/upstreams.ts';

describe('with certificate files', () => {
  test('[G10.12] page, requests and WebSockets go over TLS, replicas hear of it, browsers are told to keep to it', async () => {
    const { balancer } = await startWithFiles();
    const replica = await startReplica(balancer, 'chat-1');
    const page = await get(balancer, '/');
    expect([page.status, page.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
    const forwarded = await get(balancer, '/trpc/x');
    expect([forwarded.text, forwarded.headers['strict-transport-security']]).toEqual(['chat-1', 'max-age=31536000']);
    expect(replica.requests[0]?.headers['x-forwarded-proto']).toBe('https');
    const socket = new WebSocket(`wss://127.0.0.1:${balancer.port}/trpc`, { rejectUnauthorized: false });
    closeAfterTest(() => socket.terminate());
    expect(String((await once(socket, 'message'))[0])).toBe('chat-1');
    socket.send('x'.repeat(100_000));
    expect(String((await once(socket, 'message'))[0]).length).toBe(100_000);
    socket.close(1000);
    expect((await once(socket, 'close'))[0]).toBe(1000);
    await until(() => balancer.replicas.list()[0]?.counters.tunnels === 0);
  });

  test('[G10.12] new files are used at once by who comes next, broken ones never', async () => {
    const { balancer, directory, certificate } = await startWithFiles();
    const first = await served(balancer);
    expect(first).toBe(fingerprintOf(certificate.cert));
    await writeFile(join(directory, 'cert.pem'), 'half a certifi');
    await until(() => balancer.log.some((line) => line.includes('certificate-unusable')));
    expect(await served(balancer)).toBe(first);
    const next = await selfSigned();
    await writeFile(join(directory, 'cert.pem'), next.cert);
    await writeFile(join(directory, 'key.pem'), next.key);
    await until(() => balancer.log.some((line) => line.includes('certificate-changed')));
    expect(await served(balancer)).toBe(fingerprintOf(next.cert));
  });

  test('[G10.12] HTTP beside it leads to HTTPS and serves nothing else', async () => {
    const { balancer } = await startWithFiles({ httpPort: 0 });
    const port = balancer.httpPort ?? 0;
    const answer = await answerTo(
      port,
      'POST /trpc/x?y=1 HTTP/1.1\r\nHost: chat.example:80\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 308 /);
    expect(answer).toContain(`\r\nLocation: https://chat.example:${balancer.port}/trpc/x?y=1\r\n`);
    expect(await answerTo(port, 'GET //evil HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await answerTo(port, 'GET /.well-known/acme-challenge/x HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/ 308 /);
  });

  test('[G10.12] old versions of TLS are refused', async () => {
    const { balancer } = await startWithFiles();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connect({ port: balancer.port, rejectUnauthorized: false, ...old });
    expect((await once(socket, 'error'))[0].code).toMatch(/ALERT_PROTOCOL_VERSION|ECONNRESET/);
  });
});

test.each([
  [{ TLS_CERT: 'a' }, 'TLS_CERT and TLS_KEY go together'],
  [
    { TLS_CERT: 'a', TLS_KEY: 'b', CERTIFICATE_DIRECTORY: 'c' },
    'either TLS_CERT and TLS_KEY, or CERTIFICATE_DIRECTORY',
  ],
  [{ CERTIFICATE_DIRECTORY: 'c', PUBLIC_URL: 'http://a.example' }, 'CERTIFICATE_DIRECTORY needs PUBLIC_URL'],
  [{ TLS_CERT: 'a', TLS_KEY: 'b', HTTP_PORT: 'x' }, 'HTTP_PORT takes a whole number'],
])('[G10.9] %j is refused with what is wrong', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});

async function startWithFiles(more: { httpPort?: number } = {}) {
  const certificate = await selfSigned();
  const directory = await temporaryDirectory({ 'cert.pem': certificate.cert, 'key.pem': certificate.key });
  const tls = {
    kind: 'files',
    certificatePath: join(directory, 'cert.pem'),
    keyPath: join(directory, 'key.pem'),
  } as const;
  const timings = { certificateFilesCheckMs: 20 };
  const balancer = await startBalancer(timings, { 'client/index.html': 'page' }, undefined, { tls, ...more });
  return { balancer, directory, certificate };
}

const fingerprintOf = (cert: string) => new X509Certificate(cert).fingerprint256;

/** The fingerprint of the certificate that a client is shown. */
async function served(balancer: RunningBalancer): Promise<string> {
  const socket: TLSSocket = connect({ port: balancer.port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const fingerprint = socket.getPeerX509Certificate()?.fingerprint256 ?? '';
  socket.destroy();
  return fingerprint;
}

async function get({ port }: RunningBalancer, path: string) {
  const request = ask({ host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false }).end();
  const [response] = await once(request, 'response');
  return { status: response.statusCode, headers: response.headers, text: (await response.toArray()).join('') };
}
