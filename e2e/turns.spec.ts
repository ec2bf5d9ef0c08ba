import { expect, test } from './fixtures.ts';
import { openStream, type SocketClient } from './socket-client.ts';

const replicas = ['chat-1', 'chat-2', 'chat-3'];

let open: SocketClient[] = [];
test.afterEach(() => {
  for (const client of open) client.close();
  open = [];
});

async function connect(url: string, cookie: string): Promise<string> {
  const client = await openStream(url, cookie);
  open.push(client);
  return client.replica;
}

function counts(names: string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(Object.groupBy(names, (name) => name)).map(([k, v]) => [k, v?.length ?? 0]));
}

test('[G8.1] of 300 connections opened at once, each replica gets 100', async ({ cluster, owner }) => {
  const names = await Promise.all(Array.from({ length: 300 }, () => connect(cluster.url, owner.cookie)));
  expect(counts(names)).toEqual({ 'chat-1': 100, 'chat-2': 100, 'chat-3': 100 });
});

test('[G8.1] connections one after the other go round in order', async ({ cluster, owner }) => {
  const names: string[] = [];
  for (let index = 0; index < 12; index += 1) names.push(await connect(cluster.url, owner.cookie));
  const first = replicas.indexOf(names[0] ?? '');
  expect(names).toEqual(names.map((_, index) => replicas[(first + index) % 3]));
});

test('[G8.1] with one replica down the others take exactly alternate turns', async ({ cluster, owner }) => {
  await cluster.takeDown('chat-2');
  const names: string[] = [];
  for (let index = 0; index < 20; index += 1) names.push(await connect(cluster.url, owner.cookie));
  expect(new Set(names)).toEqual(new Set(['chat-1', 'chat-3']));
  for (const [index, name] of names.entries()) expect(name).not.toBe(names[index - 1]);

  const atOnce = await Promise.all(Array.from({ length: 300 }, () => connect(cluster.url, owner.cookie)));
  expect(counts(atOnce)).toEqual({ 'chat-1': 150, 'chat-3': 150 });
});

test('[G8.3] a replica that was killed takes its turns again', async ({ cluster, owner }) => {
  await cluster.kill('chat-3');
  await cluster.untilBack('chat-3');
  await expect.poll(() => connect(cluster.url, owner.cookie), { intervals: [50] }).toBe('chat-3');
  const names = await Promise.all(Array.from({ length: 30 }, () => connect(cluster.url, owner.cookie)));
  expect(counts(names)).toEqual({ 'chat-1': 10, 'chat-2': 10, 'chat-3': 10 });
});

test('[G8.4] a connection whose replica has just died is served by the next', async ({ cluster, owner }) => {
  await cluster.kill('chat-1');
  const names = await Promise.all(Array.from({ length: 30 }, () => connect(cluster.url, owner.cookie)));
  expect(names).toHaveLength(30);
});
