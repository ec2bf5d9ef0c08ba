import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import type { LabAnswer, LabOrder } from '../../lab/lab-order.ts';
import { freePort } from '../../testing/free-port.ts';

type Line = { event?: string; url?: string };
const replicas = ['chat-1', 'chat-2', 'chat-3'];

/** The real supervisor with the real balancer and replicas, as `npm start` runs them. */
async function start(environment: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-lab-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'index.html'), '<!doctype html><title>Ronda</title>');
  const port = await freePort();
  const child = spawn(process.execPath, ['server/supervisor/main.ts'], {
    env: {
      ...process.env,
      ...{ PORT: String(port), DATA_DIRECTORY: join(folder, 'data'), RUN_DIRECTORY: join(folder, 'run') },
      ...{ ASSETS_DIRECTORY: join(folder, 'assets'), ...environment },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGINT');
    await exit;
    rmSync(folder, { recursive: true, force: true });
  });
  const lines: Line[] = [];
  let complaints = '';
  createInterface({ input: child.stdout }).on('line', (text) => lines.push(JSON.parse(text) as Line));
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk);
  });
  return { port, folder, lines, exit, complaints: () => complaints };
}

/** A call over HTTP as the page does it; rejects with the refusal's reason or the error's code. */
async function call<T>(port: number, path: string, options: { cookie?: string; bearer?: string; input?: unknown }) {
  const address = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${address}${path}`, {
    ...(options.input === undefined ? {} : { method: 'POST', body: JSON.stringify(options.input) }),
    headers: {
      ...{ origin: address, 'content-type': 'application/json', cookie: options.cookie ?? '' },
      ...(options.bearer === undefined ? {} : { authorization: `Bearer ${options.bearer}` }),
    },
  });
  const body = (await answer.json()) as { result?: { data: T }; error?: { data: { reason?: string; code: string } } };
  if (body.error !== undefined) throw new Error(body.error.data.reason ?? body.error.data.code);
  return { data: body.result?.data as T, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

async function setUp({ port, lines }: Awaited<ReturnType<typeof start>>): Promise<string> {
  await expect.poll(() => lines.some(({ event }) => event === 'all-ready')).toBe(true);
  const link = lines.find(({ event }) => event === 'set-up-needed')?.url ?? '';
  const input = { token: new URL(link).hash.slice(1), workspace: 'Aula', name: 'Ada', password: 'correct horse' };
  let cookie = '';
  // The balancer may not have found the replicas yet.
  const taken = () =>
    call(port, '/trpc/identity.setUp', { input }).then(
      (answer) => answer.cookie,
      () => '',
    );
  await expect
    .poll(async () => {
      cookie ||= await taken();
      return cookie;
    })
    .not.toBe('');
  return cookie;
}

test('[C.3] LAB is refused where others may reach Ronda, and without it nobody gets to harm a replica', async () => {
  const reachable = [
    { PUBLIC_URL: 'https://chat.example.org' },
    { BIND: '0.0.0.0' },
    { TLS_CERT: 'some.pem' },
    { TRUSTED_PROXIES: '127.0.0.1' },
  ];
  for (const open of reachable) {
    const refused = await start({ LAB: 'on', ...open });
    expect(await refused.exit).toEqual([78, null]);
    expect(refused.complaints()).toContain('LAB takes on only where nobody else can reach Ronda');
  }
  const ronda = await start({});
  const cookie = await setUp(ronda);
  await expect(call(ronda.port, '/trpc/cluster.labTicket', { cookie })).rejects.toThrow('not-allowed');
  const input = { clientId: mintClientId() };
  await expect(call(ronda.port, '/trpc/cluster.openLab', { cookie, input })).rejects.toThrow('not-allowed');
  const { data } = await call<{ ticket: string }>(ronda.port, '/trpc/cluster.ticket', { cookie });
  const order = { ticket: data.ticket, order: { kind: 'kill', replica: 'chat-1' } };
  const asked = await call(ronda.port, '/cluster/trpc/lab', { bearer: data.ticket, input: order });
  expect(asked.data).toBeNull();
}, 60_000);

test('[C.4] [C.5] [C.6] in the lab replicas are killed, frozen, slowed down and cut off under load, nothing is lost, and nothing of it stays', async () => {
  const ronda = await start({ LAB: 'on' });
  const { port, folder } = ronda;
  const cookie = await setUp(ronda);
  const invite = { clientId: mintClientId(), guests: true, maximumUses: 5, validForDays: 1 };
  const code = (await call<{ code: string }>(port, '/trpc/invites.create', { cookie, input: invite })).data.code;
  const guest = await call(port, '/trpc/identity.join', { input: { code, name: 'Gus' } });
  await expect(call(port, '/trpc/cluster.labTicket', { cookie: guest.cookie })).rejects.toThrow('not-allowed');

  const bearer = (await call<{ ticket: string }>(port, '/trpc/cluster.ticket', { cookie })).data.ticket;
  const { ticket } = (await call<{ ticket: string }>(port, '/trpc/cluster.labTicket', { cookie })).data;
  const give = async (order: LabOrder, by = ticket) =>
    (await call<LabAnswer | null>(port, '/cluster/trpc/lab', { bearer, input: { ticket: by, order } })).data;
  const look = async () => {
    const answer = await give({ kind: 'look' });
    if (!answer?.ok) throw new Error('The lab does not answer');
    return answer.state;
  };
  // The door: this user's alone, not for a ticket that is for something else, closed before the lab is open.
  const door = join(folder, 'run', 'lab.sock');
  expect(statSync(door).mode & 0o777).toBe(0o600);
  expect(await give({ kind: 'look' }, bearer)).toEqual({ ok: false, reason: 'refused' });
  expect(await give({ kind: 'kill', replica: 'chat-1' })).toEqual({ ok: false, reason: 'closed' });
  expect(await saidTo(door, 'nonsense\n')).toBe('{"ok":false,"reason":"bad-order"}\n');

  const lab = { clientId: mintClientId() };
  const opened = await call<{ channel: number; members: { id: number; name: string; cookie: string }[] }>(
    port,
    '/trpc/cluster.openLab',
    { cookie, input: lab },
  );
  await expect(call(port, '/trpc/cluster.openLab', { cookie, input: lab })).rejects.toThrow('client-id-reused');
  expect(await give({ kind: 'open', ...opened.data })).toMatchObject({
    ok: true,
    state: { channel: opened.data.channel },
  });
  // Nobody sees the virtual members, or gets them into a conversation.
  const direct = { people: [opened.data.members[0]?.id] };
  await expect(call(port, '/trpc/channels.openDirect', { cookie, input: direct })).rejects.toThrow('member-not-found');
  const search = `/trpc/members.search?input=${encodeURIComponent('{}')}`;
  expect((await call<{ total: number }>(port, search, { cookie })).data.total).toBe(2);
  expect(await give({ kind: 'load', perSecond: 100, twice: true })).toMatchObject({ ok: true });
  const stored = async () => (await look()).figures.stored;
  await expect.poll(stored).toBeGreaterThan(100);

  expect(await give({ kind: 'kill', replica: 'chat-9' })).toEqual({ ok: false, reason: 'unknown' });
  const harm: LabOrder[] = [
    { kind: 'kill', replica: 'chat-1' },
    { kind: 'slow', replica: 'chat-2', seconds: 2, delayMs: 200 },
    { kind: 'isolate', replica: 'chat-3', seconds: 2 },
  ];
  for (const order of harm) expect(await give(order)).toMatchObject({ ok: true });
  expect((await look()).faults.map(({ replica, kind }) => `${kind} ${replica}`)).toEqual([
    'slow chat-2',
    'isolate chat-3',
  ]);
  await expect.poll(async () => (await look()).faults).toEqual([]);
  expect(await give({ kind: 'freeze', replica: 'chat-2', seconds: 2 })).toMatchObject({ ok: true });
  await expect.poll(async () => (await look()).faults).toEqual([]);
  const before = await stored();
  await expect.poll(stored, { timeout: 20_000 }).toBeGreaterThan(before + 100);

  // Everything that was begun comes to its end, and everybody gets all of it.
  await give({ kind: 'load', perSecond: 0, twice: false });
  await expect
    .poll(
      async () => {
        const { sent, acknowledged, due, delivered, repeated } = (await look()).figures;
        return sent === acknowledged && due === delivered && repeated > 100;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  const { figures } = await look();
  expect(figures).toMatchObject({ lost: 0, doubled: 0, reordered: 0, stored: figures.acknowledged });
  expect(figures.worstAwayMs).toBeGreaterThan(0);

  expect(await give({ kind: 'close' })).toMatchObject({ ok: true, state: { channel: null } });
  await call(port, '/trpc/cluster.closeLab', { cookie, input: { channel: opened.data.channel } });
  const database = new DatabaseSync(join(folder, 'data', 'ronda.sqlite'), { readOnly: true, timeout: 5_000 });
  onTestFinished(() => database.close());
  const left = () =>
    database
      .prepare(
        `SELECT (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM channels WHERE lab_until IS NOT NULL) AS labs,
                (SELECT count(*) FROM events WHERE stream = ?) AS events,
                (SELECT count(*) FROM search_words) AS words,
                (SELECT count(*) FROM sessions JOIN members ON members.id = member WHERE lab = 1) AS sessions`,
      )
      .get(`channel:${opened.data.channel}`);
  await expect.poll(left, { timeout: 30_000 }).toEqual({ messages: 0, labs: 0, events: 0, words: 0, sessions: 0 });
  const status = await call<{ state: string }>(port, '/trpc/identity.status', {
    cookie: opened.data.members[0]?.cookie ?? '',
  });
  expect(status.data.state).toBe('signed-out');
  // Everyone is in turn again.
  const { data } = await call<{ replicas: { id: string; state: string }[] }>(port, '/cluster/trpc/state', { bearer });
  expect(data.replicas.map(({ id }) => id)).toEqual(replicas);
}, 120_000);

function saidTo(path: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path, () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('close', () => resolve(answer));
  });
}
