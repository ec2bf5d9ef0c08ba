import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selfSigned } from '../testing/self-signed.ts';
import { startBalancer, temporaryDirectory } from './testing/running-balancer.ts';

async function exitCode(environment: Record<string, string>): Promise<number> {
  const path = new URL('health-check.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [path], { env: { ...process.env, ...environment }, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

test("the image's health check finds a balancer with and without TLS, and notices when there is none", async () => {
  const plain = await startBalancer();
  expect(await exitCode({ PORT: String(plain.port) })).toBe(0);
  const { cert, key } = await selfSigned();
  const directory = await temporaryDirectory({ 'cert.pem': cert, 'key.pem': key });
  const [certificatePath, keyPath] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const secure = await startBalancer({}, {}, undefined, { tls: { kind: 'files', certificatePath, keyPath } });
  expect(await exitCode({ PORT: String(secure.port), TLS_CERT: certificatePath })).toBe(0);
  const acme = { kind: 'acme', authority: 'https://127.0.0.1:1/', email: undefined, name: 'chat.example.org' } as const;
  const waiting = await startBalancer({}, {}, undefined, {
    tls: { ...acme, directory: join(directory, 'acme') },
    httpPort: 0,
  });
  expect(await exitCode({ PORT: String(waiting.port), CERTIFICATE_DIRECTORY: directory })).toBe(0);
  await secure.close();
  expect(await exitCode({ PORT: String(secure.port), TLS_CERT: certificatePath })).toBe(1);
}, 30_000);
