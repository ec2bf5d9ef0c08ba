import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { mintClientId } from '../../../shared/client-id.ts';
import type { Context, SocketContext } from '../context.ts';
import { createPushPolicy } from '../notices/push-policy.ts';
import { createPresence } from '../presence/presence.ts';
import { chatRouter } from '../router.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Session } from '../store/store.ts';
import { httpCall, testOrigin } from '../testing/http-call.ts';
import { invite, join as joinAs, setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

async function openSocket(socketPath: string, cookie: string) {
  const raw = connect(socketPath);
  const socket = new WebSocket('ws://localhost/trpc', {
    headers: { cookie, origin: testOrigin },
    createConnection: () => raw,
  });
  const answers: string[] = [];
  socket.on('message', (data: Buffer) => {
    if (!data.includes('"kind":"heartbeat"')) answers.push(data.toString()); // that comes when its time has come
  });
  await once(socket, 'open');
  onTestFinished(() => socket.terminate());
  /** What comes back for this frame, `count` answers in any order. */
  async function ask(frame: string | Buffer, count: number): Promise<unknown[]> {
    answers.length = 0;
    socket.send(frame);
    await expect.poll(() => answers.length).toBeGreaterThanOrEqual(count);
    return answers.sort().map((answer) => (answer.startsWith('{') ? JSON.parse(answer) : answer));
  }
  return { socket, raw, answers, ask };
}

async function startOne() {
  const workspace = await createWorkspace();
  const replica = await startReplicaProcess(workspace, 'chat-1');
  return { ...workspace, replica, cookie: await setUpWorkspace(replica) };
}

/** The same router on the same data behind tRPC's own adapter. */
async function startStockAdapter({ directory, dataDirectory }: { directory: string; dataDirectory: string }) {
  const path = join(dataDirectory, 'ronda.sqlite');
  const store = await openSqliteStore({ path, replica: 'stock', onCommit: () => undefined });
  onTestFinished(() => store.close());
  const session: Session = {
    ...{ id: 1, member: { id: 1, name: 'Ada', role: 'owner' }, expiresAt: 0, usedAt: 0 },
    ...{ renewedAt: 0, unconfirmed: false },
  };
  const over = { kind: 'socket', inTurn: (work: () => Promise<unknown>) => work() } as unknown as SocketContext;
  const files: Context['files'] = {
    limits: { fileMegabytes: 1, totalGigabytes: 0, unsentFiles: 1, types: [] },
    receivedBytes: async () => 0,
    wake: () => undefined,
  };
  const pushPolicy = createPushPolicy({ toLoopback: false });
  const createContext = (): Context => ({
    store,
    session,
    presence: createPresence(),
    figures: () => [],
    files,
    pushPolicy,
    over,
  });
  const server = createServer();
  const wss = new WebSocketServer({ server });
  wss.on('connection', getWSConnectionHandler({ wss, router: chatRouter, maxBatchSize: 50, createContext }));
  const socketPath = join(directory, 'stock.sock');
  await once(server.listen(socketPath), 'listening');
  onTestFinished(() => void server.close());
  return socketPath;
}

const frame = (id: unknown, method: string, path: string, input?: unknown, more = {}) =>
  JSON.stringify({ id, method, params: { path, input }, ...more });
const batch = (size: number) =>
  `[${Array.from({ length: size }, (_, id) => frame(id, 'query', 'workspace.snapshot')).join(',')}]`;

test("[G10.3] the wire is that of tRPC's own adapter, for what is right and for what is wrong", async () => {
  const { replica, cookie, directory, dataDirectory } = await startOne();
  const [ours, stock] = await Promise.all([
    openSocket(replica.socketPath, cookie),
    startStockAdapter({ directory, dataDirectory }).then((path) => openSocket(path, cookie)),
  ]);
  const asked: [string | Buffer, number][] = [
    ['PING', 1],
    [frame(1, 'query', 'workspace.snapshot'), 1],
    [frame('one', 'query', 'workspace.snapshot', undefined, { jsonrpc: '2.0' }), 1],
    [frame(2, 'mutation', 'channels.markRead', { channel: 1, readNumber: 0 }), 1],
    [frame(3, 'query', 'messages.page', { channel: 'one' }), 1],
    [frame(4, 'query', 'messages.page', { channel: 999 }, { jsonrpc: '2.0' }), 1],
    [frame(5, 'query', 'no.such'), 1],
    [frame(6, 'mutation', 'workspace.snapshot'), 1],
    [frame(7, 'subscription', 'no.such'), 1],
    [frame(null, 'query', 'workspace.snapshot'), 1],
    [frame(8, 'shout', 'workspace.snapshot'), 1],
    [frame({}, 'query', 'workspace.snapshot'), 1],
    ['{"id":9,"method":"query"}', 1],
    ['not JSON', 1],
    ['7', 1],
    ['', 1],
    [Buffer.from([0, 1, 2]), 1],
    [batch(3), 3],
    [batch(51), 51],
  ];
  for (const [sent, count] of asked) expect(await ours.ask(sent, count)).toEqual(await stock.ask(sent, count));
});

test('[G4] a subscription that is stopped says so and ends; its id and its stream are free again', async () => {
  const { replica, cookie } = await startOne();
  const { ask, answers, socket, raw } = await openSocket(replica.socketPath, cookie);
  const subscribe = frame(1, 'subscription', 'events');
  const stop = '{"id":1,"method":"subscription.stop"}';
  const types = (told: unknown[]) => told.map((each) => (each as { result?: { type: string } }).result?.type).sort();
  for (let round = 0; round < 3; round += 1) {
    expect(types(await ask(subscribe, 2))).toEqual(['data', 'started']);
    expect(await ask(subscribe, 1)).toMatchObject([{ id: 1, error: { data: { reason: 'bad-request' } } }]);
    expect(await ask(stop, 1)).toEqual([{ id: 1, result: { type: 'stopped' } }]);
  }
  // Stopped before it has begun, since both come in one piece: nothing of it comes.
  answers.length = 0;
  raw.cork();
  socket.send(subscribe);
  socket.send(stop);
  raw.uncork();
  expect(types(await ask(frame(2, 'subscription', 'events'), 3))).toEqual(['data', 'started', 'stopped']);
  expect(await ask(stop, 0)).toEqual([]); // of none
});

test('[G6.4] after its goodbye a connection is written nothing more, though its client is in no hurry to go', async () => {
  const { replica, cookie } = await startOne();
  const guest = await joinAs(replica, await invite(replica, cookie), 'Bea');
  const [ada, bea] = [await openSocket(replica.socketPath, cookie), await openSocket(replica.socketPath, guest)];
  for (const { ask } of [ada, bea]) await ask(frame(1, 'subscription', 'events'), 2);
  const written: Buffer[] = [];
  // From here on nobody answers for her.
  bea.raw.removeAllListeners('data').on('data', (bytes: Buffer) => written.push(bytes));
  const goodbye = Buffer.concat([Buffer.from([0x88, 12, 4001 >> 8, 4001 & 0xff]), Buffer.from('signed out')]);
  await httpCall(replica.socketPath, 'identity.signOut', { method: 'POST', cookie: guest });
  await expect.poll(() => Buffer.concat(written).includes(goodbye)).toBe(true);
  const post = { channel: 1, clientId: mintClientId(), text: 'behind her back' };
  ada.socket.send(frame(2, 'mutation', 'messages.send', post));
  await expect.poll(() => ada.answers.filter((answer) => answer.includes(post.text)).length).toBe(1);
  bea.raw.end();
  await once(bea.raw, 'close'); // all that was written has come
  const last = Buffer.concat(written).subarray(-goodbye.length);
  expect(last).toEqual(goodbye);
});

test('[G5] of a thousand subscriptions on one socket two are opened, and the others are told', async () => {
  const { replica, cookie } = await startOne();
  const { socket, answers } = await openSocket(replica.socketPath, cookie);
  for (let id = 0; id < 1_000; id += 1) socket.send(frame(id, 'subscription', id % 2 === 0 ? 'events' : 'ephemeral'));
  const refused = () => answers.filter((answer) => answer.includes('"too-many-subscriptions"'));
  await expect.poll(() => refused().length, { timeout: 20_000 }).toBe(998);
  await expect.poll(() => answers.filter((answer) => answer.includes('"started"')).length).toBe(2);
}, 30_000);
