import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { selfSigned } from '../../testing/self-signed.ts';
import { startProcess } from '../testing/balancer-process.ts';
import { closeAfterTest, startBalancer, temporaryDirectory } from '../testing/running-balancer.ts';
import { startReplica } from '../testing/upstreams.ts';

const people = 40;

test('[G9.8] under TLS everyone is moved to the successor one after another, and who comes meanwhile is served', async () => {
  const { cert, key } = await selfSigned();
  const certificates = await temporaryDirectory({ 'cert.pem': cert, 'key.pem': key });
  // A balancer in this process too, for its folder, in which the replica is found by all three.
  const beside = await startBalancer();
  await startReplica(beside, 'chat-1');
  const environment = {
    RUN_DIRECTORY: beside.directory,
    TLS_CERT: join(certificates, 'cert.pem'),
    TLS_KEY: join(certificates, 'key.pem'),
  };

  const first = await startProcess(environment);
  const { port } = new URL(await first.url);
  const exited = once(first.child, 'exit');
  const live = await Promise.all(Array.from({ length: people }, () => openSocket(port)));
  const leavings = live.map(async (socket) => {
    const [code] = await once(socket, 'close');
    return { code, at: performance.now() };
  });
  const second = await startProcess({ ...environment, PORT: port }, ['--take-over']);
  await second.url;

  let over = false;
  void exited.then(() => {
    over = true;
  });
  first.child.kill('SIGUSR2');
  const newcomers: WebSocket[] = [];
  let resets = 0;
  while (!over) newcomers.push(await openSocket(port, () => (resets += 1)));

  expect(await exited).toEqual([0, null]);
  const left = await Promise.all(leavings);
  expect(new Set(left.map(({ code }) => code))).toEqual(new Set([1012]));
  const times = left.map(({ at }) => at).sort((one, other) => one - other);
  // Forty at half of 20 ms each, at the least, can't be gone at once.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(200);
  // Only the one that the kernel had queued for the predecessor as it stopped (docs/decisions/0012-own-restart.md).
  expect(resets).toBeLessThanOrEqual(1);
  // Whom the predecessor had still let in was moved as well; all the others are with the successor.
  for (const socket of newcomers) {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send('still there?');
      expect(String((await once(socket, 'message'))[0])).toBe('still there?');
    } else expect(codeOf.get(socket) ?? (await once(socket, 'close'))[0]).toBe(1012);
  }
  expect(newcomers.length).toBeGreaterThan(0);
}, 30_000);

const codeOf = new WeakMap<WebSocket, number>();

/** Once its replica has spoken, or it was told to come again. One that is reset before that comes again, as every client does. */
async function openSocket(port: string, reset = (): unknown => undefined): Promise<WebSocket> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/trpc`, { rejectUnauthorized: false });
  closeAfterTest(() => socket.terminate());
  socket.on('close', (code) => codeOf.set(socket, code));
  const moved = new Promise((resolve) => socket.on('close', (code) => code === 1012 && resolve(code)));
  try {
    await Promise.race([once(socket, 'message'), moved]);
    return socket;
  } catch {
    reset();
    return openSocket(port, reset);
  }
}
