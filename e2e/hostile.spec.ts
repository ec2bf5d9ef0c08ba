import { once } from 'node:events';
import { connect } from 'node:net';
import { mintClientId } from '../shared/client-id.ts';
import { frameBytesLimit, messageTextLimit } from '../shared/limits.ts';
import { expect, ownerPassword, test } from './fixtures.ts';
import { call } from './http-client.ts';
import { closeCode, openSocket, openStream } from './socket-client.ts';

/** Sends bytes as they are and resolves with the first line of the answer. */
async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(text);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  await once(socket, 'close');
  return answer.split('\r\n')[0] ?? '';
}

const upgrade = (path: string, host: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    ...(host === '' ? ['Host:'] : [`Host: ${host}`]),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n');

test('[G10.4] malformed hosts and paths at the upgrade are answered and hurt nobody', async ({ cluster, owner }) => {
  const witness = await openStream(cluster.url, owner.cookie);
  const { host } = new URL(cluster.url);
  for (const bad of ['a b', '%', '', 'a@b', '[::1', 'x/../y'])
    for (
      let round = 0;
      round < 3;
      round += 1 // one for each replica, should it get through
    )
      expect(await sendRaw(cluster.url, upgrade('/trpc', bad)), `Host: ${bad}`).toMatch(/^HTTP\/1\.1 400/);
  for (const path of ['//[', '/%', '/\\', '/trpc/../..//['])
    for (let round = 0; round < 3; round += 1)
      expect(await sendRaw(cluster.url, upgrade(path, host)), path).toMatch(/^HTTP\/1\.1 4\d\d/);
  expect(await sendRaw(cluster.url, upgrade('/trpc', `${host}\r\nHost: ${host}`))).toMatch(/^HTTP\/1\.1 400/);
  expect(witness.socket.readyState).toBe(witness.socket.OPEN);
  witness.close();
});

test('[G10.2] a frame of 1 MB closes its own connection with 1009 and no other', async ({ cluster, owner }) => {
  const witness = await openStream(cluster.url, owner.cookie);
  const { socket } = await openStream(cluster.url, owner.cookie);
  socket.send('x'.repeat(1_048_576));
  expect(await closeCode(socket)).toBe(1009);
  const { socket: within } = await openStream(cluster.url, owner.cookie);
  const query = '{"id":7,"method":"query","params":{"path":"workspace.snapshot"}}';
  expect(await answerTo(within, query.padEnd(frameBytesLimit))).toContain('"id":7');
  expect(witness.socket.readyState).toBe(witness.socket.OPEN);
  within.terminate();
  witness.close();
});

test('[G10.2] the page says why its connection was closed, and goes on', async ({ guest }) => {
  const ana = await guest('Ana');
  await ana.page.addInitScript(() => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      Object.assign(window, { lastSocket: this });
      send.call(this, data);
    };
  });
  await ana.page.reload();
  await ana.expectInside();
  await ana.page.evaluate(() =>
    (window as unknown as { lastSocket: WebSocket }).lastSocket.send('x'.repeat(1_048_576)),
  );
  await expect(ana.page.getByText('what this page sent was too large')).toBeVisible();
  await ana.sendMessage('small again');
  await ana.expectMessage('small again');
});

test('[G10.3] what is not JSON, or names an unknown procedure, gets a clear error', async ({ cluster, owner }) => {
  const { socket, close } = await openStream(cluster.url, owner.cookie);
  const unknown = await answerTo(socket, '{"id":8,"method":"query","params":{"path":"messages.conjure"}}');
  expect(unknown).toContain('"reason":"unknown-procedure"');
  expect(await answerTo(socket, '{"id":9,"method":"mutation","params":{"path":"messages.send","input":42}}')).toContain(
    '"reason":"bad-request"',
  );
  expect(await answerTo(socket, 'this is not JSON')).toContain('"error"');
  close();

  const overHttp = await call(cluster.url, 'identity.conjure', {});
  expect(overHttp).toMatchObject({ status: 404, error: { data: { reason: 'unknown-procedure' } } });
  const notJson = await fetch(`${cluster.url}/trpc/identity.signIn`, {
    method: 'POST',
    headers: { origin: cluster.url, 'content-type': 'application/json' },
    body: '{',
  });
  expect(notJson.status).toBe(400);
});

test('[G10.1] a program gets the same rules as the page: what is no message is refused by name', async ({
  cluster,
  owner,
}) => {
  const send = (text: string) =>
    call(cluster.url, 'messages.send', { channel: 1, clientId: mintClientId(), text }, { cookie: owner.cookie });
  const reasons = {
    '': 'message-empty',
    ' \n\t': 'message-empty',
    ['x'.repeat(messageTextLimit + 1)]: 'message-too-long',
    'a\u0000b': 'message-not-text',
    'a\u0085b': 'message-not-text',
    'lone \ud800 surrogate': 'message-not-text',
  };
  for (const [text, reason] of Object.entries(reasons))
    expect(await send(text), JSON.stringify(text.slice(0, 30))).toMatchObject({
      status: 400,
      error: { data: { reason } },
    });
  const tooLong = await send('x'.repeat(messageTextLimit + 1));
  expect(tooLong.error?.data.details.limit).toBe(messageTextLimit);
  expect(await send('x'.repeat(messageTextLimit))).toMatchObject({ status: 200 });
  expect(await send('👩‍👩‍👧 مرحبا \n 好')).toMatchObject({ status: 200 });
});

test('[G10.5] a page of a foreign origin gets neither a socket nor a change', async ({ cluster, owner }) => {
  const socket = openSocket(cluster.url, { cookie: owner.cookie, origin: 'https://evil.example' });
  const [request, response] = await once(socket, 'unexpected-response');
  expect(response.statusCode).toBe(403);
  request.destroy();

  const headers = { cookie: owner.cookie, origin: 'https://evil.example' };
  expect(await call(cluster.url, 'identity.signOut', undefined, headers)).toMatchObject({
    status: 403,
    error: { data: { reason: 'origin-refused' } },
  });
});

test('[G6.4] the socket of an expired session is closed with 4001', async ({ cluster, owner }) => {
  const { socket } = await openStream(cluster.url, owner.cookie);
  socket.terminate();
  cluster.onDatabase('UPDATE sessions SET expires_at = 1');
  expect(await closeCode(openSocket(cluster.url, { cookie: owner.cookie }))).toBe(4001);
});

test('[G6.4] signing out closes the open sockets of that session on every replica', async ({ cluster, owner }) => {
  const clients = await Promise.all(Array.from({ length: 3 }, () => openStream(cluster.url, owner.cookie)));
  expect(new Set(clients.map(({ replica }) => replica)).size).toBe(3);
  const closed = Promise.all(clients.map(({ socket }) => closeCode(socket)));
  await owner.ask('identity.signOut', undefined).catch(() => undefined);
  expect(await closed).toEqual([4001, 4001, 4001]);
});

test('[G10.6] wrong passwords are slowed down, and an unknown name gets the same answer', async ({
  cluster,
  owner,
}) => {
  expect(owner.cookie).not.toBe('');
  const attempt = (name: string) => call(cluster.url, 'identity.signIn', { name, password: 'not this one' });
  const known = await attempt('Olga');
  const unknown = await attempt('Nobody');
  expect(known.status).toBe(401);
  expect({ status: unknown.status, error: unknown.error }).toEqual({ status: known.status, error: known.error });

  for (let count = 0; count < 9; count += 1) await attempt('Olga');
  const refused = await attempt('Olga');
  expect(refused).toMatchObject({ status: 429, error: { data: { reason: 'too-many-attempts' } } });
  expect(refused.error?.data.details.retryAfterSeconds).toBeGreaterThan(0);
  // Not even the right password tells more, until the time has passed.
  const right = await call(cluster.url, 'identity.signIn', { name: 'Olga', password: ownerPassword });
  expect(right.status).toBe(429);
});

test('[G10.6] the time of the answer does not tell which names exist', async ({ cluster, owner }) => {
  expect(owner.cookie).not.toBe('');
  const timed = async (name: string) => {
    const startedAt = performance.now();
    await call(cluster.url, 'identity.signIn', { name, password: 'not this one' });
    return performance.now() - startedAt;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    known.push(await timed('Olga'));
    unknown.push(await timed(`Nobody ${round}`));
  }
  // A skipped hash would answer in a tenth of the time.
  expect(median(unknown)).toBeGreaterThan(median(known) / 3);
});

test('[G10.7] an invite for one lets in exactly one of ten at once', async ({ cluster, invite }) => {
  const code = await invite({ maximumUses: 1 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => call(cluster.url, 'identity.join', { code, name: `Guest ${index}` })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const reasons = answers.flatMap(({ error }) => error?.data.reason ?? []);
  expect(reasons).toEqual(Array.from({ length: 9 }, () => 'invite-used-up'));
});

test('[G10.8] the set-up link makes one owner and is worth nothing afterwards', async ({ cluster }) => {
  const token = new URL(cluster.setUpLink).hash.slice(1);
  const setUp = (given: string, name: string) =>
    call(cluster.url, 'identity.setUp', { token: given, workspace: 'Casa', name, password: ownerPassword });
  expect(await setUp('A'.repeat(22), 'Mallory')).toMatchObject({ error: { data: { reason: 'set-up-link-wrong' } } });
  const answers = await Promise.all(['Ana', 'Bea', 'Cai'].map((name) => setUp(token, name)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await setUp(token, 'Mallory')).toMatchObject({ error: { data: { reason: 'already-set-up' } } });
});

function answerTo(socket: { send(text: string): void } & NodeJS.EventEmitter, text: string): Promise<string> {
  const answer = once(socket, 'message').then(([data]) => String(data));
  socket.send(text);
  return answer;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
