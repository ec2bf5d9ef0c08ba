import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { mintClientId } from '../../shared/client-id.ts';
import type { Ephemeral } from '../../shared/protocol.ts';
import { createChatClient } from './testing/chat-client.ts';
import { testOrigin } from './testing/http-call.ts';
import { invite, join, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

async function startTwo() {
  const workspace = await createWorkspace();
  const [one, two] = await Promise.all([
    startReplicaProcess(workspace, 'chat-1'),
    startReplicaProcess(workspace, 'chat-2'),
  ]);
  const owner = await setUpWorkspace(one);
  const bea = await join(two, await invite(one, owner), 'Bea');
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const beaClient = createChatClient({ socketPath: two.socketPath, cookie: bea });
  await Promise.all([ada.follow(), beaClient.follow()]);
  ada.listen();
  beaClient.listen();
  const { me, channels } = await beaClient.trpc.workspace.snapshot.query();
  // What is ephemeral may be missed by a replica that isn't known yet.
  await expect
    .poll(() => [online(ada.ephemerals), online(beaClient.ephemerals)].map(({ length }) => length))
    .toEqual([2, 2]);
  return { one, two, owner, ada, bea: beaClient, beaId: me.id, channel: channels[0]?.id ?? 0 };
}

/** Who is online by what a client was told so far. */
function online(ephemerals: Ephemeral[]): number[] {
  let known = new Set<number>();
  for (const told of ephemerals) {
    if (told.kind === 'present') known = new Set(told.online);
    if (told.kind === 'presence-changed') known = known.union(new Set(told.online)).difference(new Set(told.offline));
  }
  return [...known].sort();
}

test('[G7] typing reaches those who may read the channel, on every replica, and nobody else', async () => {
  const { ada, bea, beaId, channel } = await startTwo();
  const { id: secret } = await ada.trpc.channels.create.mutate({ clientId: mintClientId(), name: 's', private: true });
  await ada.seen(({ kind }) => kind === 'channel-joined', 'the private channel');
  await ada.trpc.channels.typing.mutate({ channel: secret });
  await bea.trpc.channels.typing.mutate({ channel: secret }); // no member: nobody hears of it
  await bea.trpc.channels.typing.mutate({ channel });
  const typing = (told: Ephemeral[]) => told.filter(({ kind }) => kind === 'typing');
  await expect
    .poll(() => typing(ada.ephemerals))
    .toContainEqual({ kind: 'typing', channel, member: beaId, name: 'Bea' });
  await expect.poll(() => typing(bea.ephemerals)).toHaveLength(1);
  expect(typing(ada.ephemerals).filter((told) => told.kind === 'typing' && told.channel === secret)).toHaveLength(1);
  await Promise.all([ada.close(), bea.close()]);
});

test('[G5] who says without end that they type is heard once a second', async () => {
  const { ada, bea, channel } = await startTwo();
  const before = performance.now();
  for (let index = 0; index < 20; index += 1)
    await Promise.all(Array.from({ length: 20 }, () => bea.trpc.channels.typing.mutate({ channel })));
  const seconds = (performance.now() - before) / 1_000;
  const heard = () => ada.ephemerals.filter(({ kind }) => kind === 'typing').length;
  await expect.poll(heard).toBeGreaterThan(0);
  expect(heard()).toBeLessThanOrEqual(seconds + 2);
  await Promise.all([ada.close(), bea.close()]);
});

test('[G7] who is on a replica that is killed is offline at once, and online again with the next connection', async () => {
  const { two, ada, bea, beaId } = await startTwo();
  await expect.poll(() => online(ada.ephemerals)).toContain(beaId);
  await expect.poll(() => online(bea.ephemerals)).toHaveLength(2);
  await two.kill('SIGKILL');
  await expect.poll(() => online(ada.ephemerals)).not.toContain(beaId);
  await Promise.all([ada.close(), bea.close()]);
});

test('[G7] a replica that is silent for long counts as gone, and is known again when it speaks', async () => {
  const { two, ada, bea, beaId } = await startTwo();
  await expect.poll(() => online(ada.ephemerals)).toContain(beaId);
  two.child.kill('SIGSTOP');
  await expect.poll(() => online(ada.ephemerals), { timeout: 10_000 }).not.toContain(beaId);
  two.child.kill('SIGCONT');
  await expect.poll(() => online(ada.ephemerals), { timeout: 15_000 }).toContain(beaId);
  await Promise.all([ada.close(), bea.close()]);
}, 40_000);

test('[G7] who was too slow to hear of a change is told who is there once they read again', async () => {
  const { one, owner, ada, bea, beaId, channel } = await startTwo();
  const cookie = await join(one, await invite(one, owner), 'Cleo');
  const raw = connect(one.socketPath);
  const slow = new WebSocket('ws://localhost/trpc', {
    headers: { cookie, origin: testOrigin },
    createConnection: () => raw,
  });
  const told: Ephemeral[] = [];
  slow.on('message', (data: Buffer) => {
    const { id, result } = JSON.parse(data.toString()) as { id: number; result?: { data?: Ephemeral } };
    if (id === 2 && result?.data !== undefined) told.push(result.data);
  });
  await once(slow, 'open');
  for (const [index, path] of ['events', 'ephemeral'].entries())
    slow.send(JSON.stringify({ id: index + 1, method: 'subscription', params: { path } }));
  await expect.poll(() => online(told)).toContain(beaId);

  raw.pause();
  const text = ' x'.repeat(1_900);
  for (let index = 0; index < 400; index += 1)
    await ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  await bea.close();
  await expect.poll(() => online(ada.ephemerals)).not.toContain(beaId);
  raw.resume();
  await expect.poll(() => online(told)).not.toContain(beaId);
  slow.terminate();
  await ada.close();
}, 30_000);
