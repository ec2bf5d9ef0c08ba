import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../testing/free-port.ts';
import { selfSigned } from '../../testing/self-signed.ts';
import { closeAfterTest, temporaryDirectory } from './running-balancer.ts';

/** Debian's package `pebble`: an authority for tests, and a name server that leads every name to this machine. */
export const hasPebble = ['pebble', 'pebble-challtestsrv'].every((name) => existsSync(`/usr/bin/${name}`));

/** Resolves to the address of its directory. It asks for challenges at `httpPort`. */
export async function startPebble(httpPort: number): Promise<string> {
  const [port, dnsPort] = [await freePort(), await freePort()];
  const { cert, key } = await selfSigned();
  const directory = await temporaryDirectory({ 'cert.pem': cert, 'key.pem': key });
  const config = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: '127.0.0.1:0',
    certificate: join(directory, 'cert.pem'),
    privateKey: join(directory, 'key.pem'),
    httpPort,
    tlsPort: 0,
    ocspResponderURL: '',
  };
  const file = join(await temporaryDirectory({ 'pebble.json': JSON.stringify({ pebble: config }) }), 'pebble.json');
  const unused = ['http01', 'https01', 'tlsalpn01', 'management'].flatMap((name) => [`-${name}`, '']);
  const dns = ['-dns01', `127.0.0.1:${dnsPort}`, '-defaultIPv4', '127.0.0.1', '-defaultIPv6', ''];
  start('pebble-challtestsrv', [...dns, ...unused]);
  const authority = start('pebble', ['-config', file, '-dnsserver', `127.0.0.1:${dnsPort}`]);
  const url = `https://127.0.0.1:${port}/dir`;
  while (authority.exitCode === null) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return url;
    await delay(20);
  }
  throw new Error(`pebble ended with ${authority.exitCode}`);
}

function start(name: string, programArguments: string[]): ChildProcess {
  const child = spawn(`/usr/bin/${name}`, programArguments, {
    stdio: 'ignore',
    env: { PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '20' },
  });
  closeAfterTest(() => void child.kill('SIGKILL'));
  return child;
}
