import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchReplicaFolder } from './replica-folder.ts';
import { closeAfterTest, temporaryDirectory, until } from './testing/running-balancer.ts';
import { defaultTimings } from './timings.ts';
import type { Upstream } from './upstream.ts';

test('a socket is found at once, though its folder came later, and its going too', async () => {
  // So rarely read again that only the watching can tell.
  const { directory, seen } = await watched({ rescanIntervalMs: 60_000 });
  await mkdir(directory);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await listen(join(directory, 'chat-1.sock'));
  await until(() => seen().join() === 'chat-1');
  await rm(join(directory, 'chat-1.sock'));
  await until(() => seen().length === 0);
});

test('a folder that is removed and made again is watched again', async () => {
  const { directory, seen } = await watched({ rescanIntervalMs: 50 });
  for (const id of ['chat-1', 'chat-2']) {
    await mkdir(directory);
    await listen(join(directory, `${id}.sock`));
    await until(() => seen().join() === id);
    await rm(directory, { recursive: true });
    await until(() => seen().length === 0);
  }
});

test('what is no socket, or has no name of a replica, is left alone', async () => {
  const { directory, seen } = await watched({ rescanIntervalMs: 50 });
  await mkdir(directory);
  await writeFile(join(directory, 'chat-1.sock'), '');
  for (const name of ['.sock', 'Chat.sock', 'chat-2.sock.bound', '-.sock', 'chat-2'])
    await listen(join(directory, name));
  await listen(join(directory, '3.sock'));
  await until(() => seen().join() === '3');
});

test('another process at the same path is another incarnation; a change of permissions is not', async () => {
  const { directory, upstreams } = await watched({ rescanIntervalMs: 20 });
  const path = join(directory, 'chat-1.sock');
  await mkdir(directory);
  await listen(path);
  await until(() => upstreams().length === 1);
  const first = upstreams()[0]?.incarnation;
  await chmod(path, 0o660);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(upstreams()[0]?.incarnation).toBe(first);
  await rm(path);
  await listen(path);
  await until(() => upstreams()[0] !== undefined && upstreams()[0]?.incarnation !== first);
});

async function watched(timings = {}) {
  const directory = join(await temporaryDirectory(), 'replicas');
  let upstreams: Upstream[] = [];
  const folder = watchReplicaFolder({
    directory,
    timings: { ...defaultTimings, ...timings },
    found: (found) => {
      upstreams = found;
    },
  });
  closeAfterTest(() => folder.close());
  return { directory, upstreams: () => upstreams, seen: () => upstreams.map(({ id }) => id) };
}

async function listen(path: string): Promise<void> {
  const server = createServer();
  closeAfterTest(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
}
