import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { hasPebble, startPebble } from '../testing/pebble.ts';
import {
  closeAfterTest,
  type RunningBalancer,
  startBalancer,
  temporaryDirectory,
  until,
} from '../testing/running-balancer.ts';
import { isDue } from './acme-certificate.ts';

// The authority of the tests has a certificate that nobody has signed.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

describe.skipIf(!hasPebble && process.env.CI === undefined)('with certificates by ACME', () => {
  test('[G10.13] one is asked for, used at once and kept for the next start', async () => {
    const httpPort = await freePort();
    const authority = await startPebble(httpPort);
    const directory = join(await temporaryDirectory(), 'certificates');
    const tls = { kind: 'acme', directory, authority, email: 'owner@chat.example', name: 'chat.example' } as const;
    const more = { tls, httpPort };
    const timings = { certificateRetryMs: 50, certificateRenewalCheckMs: 50 };

    const balancer = await startBalancer(timings, {}, 'https://chat.example', more);
    await until(() => balancer.log.some((line) => line.includes('certificate-issued')), 15_000);
    const issued = await servedBy(balancer);
    expect(issued.checkHost('chat.example')).toBe('chat.example');
    expect(issued.issuer).toContain('Pebble Intermediate');
    expect((await stat(join(directory, 'certificate.json'))).mode & 0o777).toBe(0o600);
    await balancer.close();

    const again = await startBalancer(timings, {}, 'https://chat.example', more);
    expect((await servedBy(again)).serialNumber).toBe(issued.serialNumber);
    expect(again.log.some((line) => line.includes('certificate-issued'))).toBe(false);
  }, 30_000);

  test('[G10.13] while the authority refuses, it is asked again, later each time', async () => {
    const refusing = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    closeAfterTest(() => void refusing.close());
    await once(refusing, 'listening');
    const authority = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/directory`;
    const tls = { kind: 'acme', email: undefined, name: 'chat.example', authority } as const;
    const directory = await temporaryDirectory();
    const timings = { certificateRetryMs: 10 };
    const balancer = await startBalancer(timings, {}, 'https://chat.example', {
      tls: { ...tls, directory },
      httpPort: 0,
    });
    const refusals = () => balancer.log.filter((line) => line.includes('certificate-refused'));
    await until(() => refusals().length >= 4);
    expect(
      refusals()
        .slice(0, 4)
        .map((line) => JSON.parse(line).retryMs),
    ).toEqual([10, 20, 40, 80]);
  });
});

test('[G10.13] a certificate is renewed once two thirds of its life are over', () => {
  const life = { from: 0, to: 90 };
  expect([isDue(life, 59), isDue(life, 61), isDue(life, 200)]).toEqual([false, true, true]);
});

async function servedBy({ port }: RunningBalancer): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'chat.example' }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate === undefined) reject(new Error('No certificate'));
      else resolve(new X509Certificate(certificate.raw));
    });
    socket.on('error', reject);
  });
}
