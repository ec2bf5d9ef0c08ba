import { expect, test } from 'vitest';
import { mintClientId } from '../../shared/client-id.ts';
import type { Frame, LogEvent } from '../../shared/protocol.ts';
import { createChatClient, refusalOf } from './testing/chat-client.ts';
import { httpCall } from './testing/http-call.ts';
import { invite, join, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, type ReplicaProcess, startReplicaProcess } from './testing/replica-process.ts';

const ids = ['chat-1', 'chat-2', 'chat-3'] as const;

async function startThree() {
  const workspace = await createWorkspace();
  const [one, two, three] = await Promise.all(
    ids.map((id) => startReplicaProcess(workspace, id, { CALLS_PER_SECOND: '10000' })),
  );
  if (!one || !two || !three) throw new Error('three were started');
  const owner = await setUpWorkspace(one);
  return { workspace, one, two, three, owner };
}

const posted = (text: string) => (frame: Frame) => frame.kind === 'message-posted' && frame.message.text === text;
const texts = (events: LogEvent[]) =>
  events.flatMap((event) => (event.kind === 'message-posted' ? [event.message.text] : []));

async function generalOf(replica: ReplicaProcess, cookie: string): Promise<number> {
  const client = createChatClient({ socketPath: replica.socketPath, cookie });
  const { channels } = await client.trpc.workspace.snapshot.query();
  await client.close();
  return channels[0]?.id ?? 0;
}

test('[G2.1] three people on three replicas see the same messages in the same order', async () => {
  const { one, two, three, owner } = await startThree();
  const code = await invite(two, owner);
  const replicas = [one, two, three];
  const cookies = [owner, await join(two, code, 'Bea', 'a long password'), await join(three, code, 'Carlos')];
  const channel = await generalOf(one, owner);
  const clients = replicas.map(({ socketPath }, index) =>
    createChatClient({ socketPath, cookie: cookies[index] ?? '' }),
  );
  const hellos = await Promise.all(clients.map((client) => client.follow()));
  expect(hellos.map(({ replica }) => replica)).toEqual(ids);

  await Promise.all(
    clients.flatMap((client, person) =>
      Array.from({ length: 20 }, (_, index) =>
        client.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: `${person}-${index}` }),
      ),
    ),
  );
  for (const client of clients)
    await client.seen(() => texts(client.events()).length === 60, `60 messages, not ${texts(client.events()).length}`);

  const [first, ...others] = clients.map((client) => texts(client.events()));
  expect(new Set(first).size).toBe(60);
  for (const other of others) expect(other).toEqual(first);
  const page = await clients[2]?.trpc.messages.page.query({ channel, limit: 100 });
  expect(page?.messages.map(({ text }) => text)).toEqual(first);
  await Promise.all(clients.map((client) => client.close()));
});

test('[G4.2] every event names the one before it in its stream, and the hello gives the heads', async () => {
  const { one, two, owner } = await startThree();
  const client = createChatClient({ socketPath: two.socketPath, cookie: owner });
  const { heads, head } = await client.follow();
  const channel = await generalOf(one, owner);
  for (const text of ['a', 'b', 'c'])
    await client.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  await client.trpc.channels.create.mutate({ clientId: mintClientId(), name: 'random' });
  await client.seen(({ kind }) => kind === 'channel-joined', 'the new channel');
  const last = new Map<string, number>(Object.entries(heads));
  for (const event of client.events()) {
    expect(event.seq).toBeGreaterThan(head);
    expect(event.previous).toBe(last.get(event.stream) ?? 0);
    last.set(event.stream, event.seq);
  }
  await client.close();
});

test('[G3.1] [G3.2] [G3.3] a message sent again through every replica, at once and later, exists once with one answer', async () => {
  const { one, two, three, owner } = await startThree();
  const channel = await generalOf(one, owner);
  const clients = [one, two, three].map(({ socketPath }) => createChatClient({ socketPath, cookie: owner }));
  const message = { channel, clientId: mintClientId(), text: 'once' };
  const answers = await Promise.all(
    [...clients, ...clients].map((client) => client.trpc.messages.send.mutate(message)),
  );
  answers.push(await (clients[1] as (typeof clients)[number]).trpc.messages.send.mutate(message));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const page = await clients[0]?.trpc.messages.page.query({ channel });
  expect(page?.messages).toHaveLength(1);
  const other = { ...message, text: 'something else' };
  expect(await refusalOf((clients[2] as (typeof clients)[number]).trpc.messages.send.mutate(other))).toBe(
    'client-id-reused',
  );
  await Promise.all(clients.map((client) => client.close()));
});

test('[G1.2] [G4.1] [G7.3] a reader whose replica is killed goes on with another: none lost, doubled or reordered', async () => {
  const { one, two, three, owner } = await startThree();
  const channel = await generalOf(one, owner);
  const alive = new Set([one, two, three]);
  let turn = 0;
  const nextPath = () => ([...alive][turn++ % alive.size] as ReplicaProcess).socketPath;
  const reader = createChatClient({ socketPath: nextPath, cookie: owner });
  await reader.follow();
  const writer = createChatClient({ socketPath: three.socketPath, cookie: owner });
  const sent: string[] = [];
  for (let index = 0; index < 200; index += 1) {
    if (index === 50) {
      alive.delete(one); // the reader's
      await one.kill('SIGKILL');
    }
    const text = `m${index}`;
    await writer.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
    sent.push(text);
  }
  await reader.seen(posted('m199'), 'the last message');
  expect(texts(reader.events())).toEqual(sent);
  const replicas = reader.frames.flatMap(({ data }) => (data.kind === 'hello' ? [data.replica] : []));
  expect(replicas.length).toBeGreaterThan(1);
  await Promise.all([reader.close(), writer.close()]);
});

test('[G4.3] a cursor of another log, or beyond the head, is told to resync; an old one is served from the log', async () => {
  const { one, two, owner } = await startThree();
  const channel = await generalOf(one, owner);
  const writer = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const { log } = await writer.follow();
  for (let index = 0; index < 500; index += 1)
    await writer.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: `m${index}` });
  const { head } = await writer.follow();

  for (const cursor of [`000000000000.1`, `${log}.${head + 1_000}`]) {
    const stranger = createChatClient({ socketPath: two.socketPath, cookie: owner });
    await stranger.follow(cursor);
    const resync = await stranger.seen(({ kind }) => kind === 'resync', 'resync');
    expect(resync).toMatchObject({ head: expect.any(Number) });
    expect(stranger.events()).toEqual([]);
    await stranger.close();
  }
  const restarted = await two.kill('SIGTERM');
  expect(restarted).toBe(0);
  const late = createChatClient({ socketPath: one.socketPath, cookie: owner });
  await late.follow(`${log}.0`);
  await late.seen(posted('m499'), 'the last message');
  expect(texts(late.events())).toEqual(Array.from({ length: 500 }, (_, index) => `m${index}`));
  await Promise.all([writer.close(), late.close()]);
}, 60_000);

test('[G6.1] who is not a member gets no event and no page of a channel; who leaves gets none from then on', async () => {
  const { one, two, owner } = await startThree();
  const bea = await join(two, await invite(one, owner), 'Bea');
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const { id: secret } = await ada.trpc.channels.create.mutate({
    clientId: mintClientId(),
    name: 'secret',
    private: true,
  });
  const { id: open } = await ada.trpc.channels.create.mutate({ clientId: mintClientId(), name: 'open' });
  const reader = createChatClient({ socketPath: two.socketPath, cookie: bea });
  await reader.follow();
  const say = (channel: number, text: string) =>
    ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });

  await say(secret, 'hidden');
  await say(open, 'before');
  await reader.trpc.channels.join.mutate({ channel: open });
  await say(open, 'while');
  await reader.seen(posted('while'), 'a message of the joined channel');
  await reader.trpc.channels.leave.mutate({ channel: open });
  await say(open, 'after');
  const general = await generalOf(one, owner);
  await say(general, 'end');
  await reader.seen(posted('end'), 'the last message');
  expect(texts(reader.events())).toEqual(['while', 'end']);

  for (const channel of [secret, open, 999]) {
    expect(await refusalOf(reader.trpc.messages.page.query({ channel }))).toBe('channel-not-found');
    const message = { channel, clientId: mintClientId(), text: 'let me in' };
    expect(await refusalOf(reader.trpc.messages.send.mutate(message))).toBe('channel-not-found');
  }
  expect(await refusalOf(reader.trpc.channels.join.mutate({ channel: secret }))).toBe('channel-not-found');
  const { channels } = await reader.trpc.channels.directory.query();
  expect(channels.map(({ name }) => name)).toEqual(['general', 'open']);
  await Promise.all([ada.close(), reader.close()]);
});

test('[G6.3] who left a channel and came back while away gets nothing of the time between, from the ring or the log', async () => {
  const { workspace, one, two, owner } = await startThree();
  const code = await invite(one, owner);
  const bea = await join(one, code, 'Bea');
  const channel = await generalOf(one, owner);
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const away = createChatClient({ socketPath: two.socketPath, cookie: bea });
  const { head, log } = await away.follow();
  await away.close();
  const post = (text: string) => ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });

  const device = createChatClient({ socketPath: one.socketPath, cookie: bea });
  await device.trpc.channels.leave.mutate({ channel });
  await post('between');
  await device.trpc.channels.join.mutate({ channel });
  await post('afterwards');

  async function texted(socketPath: string): Promise<string[]> {
    const back = createChatClient({ socketPath, cookie: bea });
    await back.follow(`${log}.${head}`);
    await back.seen(posted('afterwards'), 'what came after joining again');
    await back.close();
    return texts(back.events());
  }
  expect(await texted(two.socketPath)).toEqual(['afterwards']);
  const fresh = await startReplicaProcess(workspace, 'chat-4');
  expect(await texted(fresh.socketPath)).toEqual(['afterwards']);
  await Promise.all([ada.close(), device.close()]);
});

test('[G6.4] signing out closes every socket of that session with 4001, on every replica', async () => {
  const { one, two, three, owner } = await startThree();
  const clients = [two, three].map(({ socketPath }) => createChatClient({ socketPath, cookie: owner }));
  await Promise.all(clients.map((client) => client.follow()));
  const before = performance.now();
  await httpCall(one.socketPath, 'identity.signOut', { method: 'POST', cookie: owner });
  await expect.poll(() => clients.every(({ closeCodes }) => closeCodes.includes(4001))).toBe(true);
  expect(performance.now() - before).toBeLessThan(1_000);
  await Promise.all(clients.map((client) => client.close()));
});

test('[G9.1] a drained replica sends its clients on, one by one, and ends with 0; they miss nothing', async () => {
  const { one, two, three, owner } = await startThree();
  const channel = await generalOf(one, owner);
  const alive = [one, two];
  let turn = 0;
  const readers = Array.from({ length: 10 }, () =>
    createChatClient({ socketPath: () => (alive[turn++ % alive.length] as ReplicaProcess).socketPath, cookie: owner }),
  );
  await Promise.all(readers.map((reader) => reader.follow()));
  const writer = createChatClient({ socketPath: three.socketPath, cookie: owner });
  const say = (text: string) => writer.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  for (let index = 0; index < 20; index += 1) await say(`before-${index}`);
  alive.shift();
  const ended = one.kill('SIGTERM');
  for (let index = 0; index < 100; index += 1) await say(`during-${index}`);
  expect(await ended).toBe(0);
  await say('end');
  for (const reader of readers) {
    await reader.seen(posted('end'), 'the last message');
    expect(texts(reader.events())).toHaveLength(121);
  }
  await Promise.all([writer, ...readers].map((client) => client.close()));
});
