import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { mintClientId } from '../../shared/client-id.ts';
import { createChatClient } from './testing/chat-client.ts';
import { testOrigin } from './testing/http-call.ts';
import { setUpWorkspace } from './testing/people.ts';
import { createWorkspace, type ReplicaProcess, startReplicaProcess } from './testing/replica-process.ts';

test('[G5.1] [G5.2] a client that stops reading is sent no more than 64 KB, then all the rest once it reads again', async () => {
  const workspace = await createWorkspace();
  const replica = await startReplicaProcess(workspace, 'chat-1', { CALLS_PER_SECOND: '10000' });
  const cookie = await setUpWorkspace(replica);
  const writer = createChatClient({ socketPath: replica.socketPath, cookie });
  await writer.follow();
  const { channels } = await writer.trpc.workspace.snapshot.query();
  const channel = channels[0]?.id ?? 0;

  const raw = connect(replica.socketPath);
  const stalled = new WebSocket('ws://localhost/trpc', {
    headers: { cookie, origin: testOrigin },
    createConnection: () => raw,
  });
  const got: string[] = [];
  stalled.on('message', (data: Buffer) => {
    const text = /"text":"(m\d+)/.exec(data.toString())?.[1];
    if (text !== undefined) got.push(text);
  });
  await new Promise((resolve) => stalled.once('open', resolve));
  stalled.send('{"id":1,"method":"subscription","params":{"path":"events"}}');
  await new Promise((resolve) => stalled.once('message', resolve));
  raw.pause();

  const count = 3_000;
  const filler = ' x'.repeat(400);
  for (let index = 0; index < count; index += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, offset) =>
        writer.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: `m${index + offset}${filler}` }),
      ),
    );
  await writer.seen((frame) => frame.kind === 'message-posted' && frame.message.number === count, 'the last message');
  expect(got.length).toBeLessThan(count / 2);
  raw.resume();
  await expect.poll(() => got.length, { timeout: 10_000 }).toBe(count);
  expect(new Set(got).size).toBe(count);
  stalled.close();
  await writer.close();
}, 60_000);

function megabytesOf({ child }: ReplicaProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1_024;
}

async function openRaw({ socketPath }: ReplicaProcess, cookie: string) {
  const raw = connect(socketPath);
  const socket = new WebSocket('ws://localhost/trpc', {
    headers: { cookie, origin: testOrigin },
    createConnection: () => raw,
  });
  await new Promise((resolve) => socket.once('open', resolve));
  return { raw, socket };
}

test('[G5] what a client asks for without reading the answers is worked out once it reads them', async () => {
  const replica = await startReplicaProcess(await createWorkspace(), 'chat-1', { CALLS_PER_SECOND: '10000' });
  const cookie = await setUpWorkspace(replica);
  const writer = createChatClient({ socketPath: replica.socketPath, cookie });
  const channel = (await writer.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  const text = '\u6f22'.repeat(4_000);
  const send = () => writer.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  for (let index = 0; index < 100; index += 1) await send();

  const { raw, socket } = await openRaw(replica, cookie);
  let answers = 0;
  socket.on('message', () => {
    answers += 1;
  });
  raw.pause();
  const before = megabytesOf(replica);
  const questions = 200; // 240 MB of answers
  for (let id = 1; id <= questions; id += 1)
    socket.send(
      JSON.stringify({ id, method: 'query', params: { path: 'messages.page', input: { channel, limit: 100 } } }),
    );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(megabytesOf(replica) - before).toBeLessThan(80);
  raw.resume();
  await expect.poll(() => answers, { timeout: 20_000 }).toBe(questions);
  socket.close();
  await writer.close();
}, 60_000);

test('[G5] pings count as calls, and who reads none of the pongs is not read from', async () => {
  const replica = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const { raw, socket } = await openRaw(replica, await setUpWorkspace(replica));
  raw.pause();
  const before = megabytesOf(replica);
  for (let index = 0; index < 400_000; index += 1) socket.send('PING');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(megabytesOf(replica) - before).toBeLessThan(40);
  socket.terminate();
}, 30_000);

test('[G5] a subscription whose frames would all repeat an endless id is refused', async () => {
  const replica = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const { socket } = await openRaw(replica, await setUpWorkspace(replica));
  const answer = new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
  socket.send(JSON.stringify({ id: 'x'.repeat(33), method: 'subscription', params: { path: 'events' } }));
  expect(await answer).toMatch(/^\{"id":null,"error":.*"reason":"bad-request"/);
  socket.close();
});
