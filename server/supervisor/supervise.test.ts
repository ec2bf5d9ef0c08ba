import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../testing/free-port.ts';
import { selfSigned } from '../testing/self-signed.ts';

type Line = {
  event?: string;
  process?: string;
  pid?: number;
  url?: string;
  restartInMs?: number;
  part?: string;
  failed?: string;
};

let folder = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'index.html'), '<!doctype html><title>Ronda</title>');
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => ended(child, 'SIGINT')));
  rmSync(folder, { recursive: true, force: true });
});

/** The real supervisor with the real balancer and replicas. */
function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['server/supervisor/main.ts'], {
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIRECTORY: join(folder, 'data'),
      RUN_DIRECTORY: join(folder, 'run'),
      ASSETS_DIRECTORY: join(folder, 'assets'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: Line[] = [];
  let complaints = '';
  const checks = new Set<() => void>();
  const look = () => {
    for (const check of [...checks]) check();
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as Line);
    look();
  });
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk);
  });
  function until(fits: (line: Line) => boolean, count = 1): Promise<Line[]> {
    return new Promise((resolve) => {
      const check = () => {
        const found = lines.filter(fits);
        if (found.length < count) return;
        checks.delete(check);
        resolve(found);
      };
      checks.add(check);
      check();
    });
  }
  return {
    child,
    until,
    complaints: () => complaints,
    ready: () => until(({ event }) => event === 'all-ready'),
    pids: () => lines.flatMap(({ event, pid }) => (event === 'process-started' && pid ? [pid] : [])),
    async url() {
      const [line] = await until(({ event }) => event === 'listening');
      return line?.url ?? '';
    },
  };
}

/** Sends a signal and resolves with the exit code, or the signal that ended it. */
async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | string | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
  const exit = once(child, 'close');
  if (signal) child.kill(signal);
  const [code, by] = await exit;
  return code ?? by;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.for(['SIGINT', 'SIGTERM'] as const)('[G7.5] %s stops everything cleanly', async (signal) => {
  const supervisor = start();
  await supervisor.ready();
  expect((await fetch(await supervisor.url())).status).toBe(200);
  const pids = supervisor.pids();
  expect(pids).toHaveLength(4);
  expect(await ended(supervisor.child, signal)).toBe(0);
  expect(pids.filter(lives)).toEqual([]);
  expect(supervisor.complaints()).toBe('');
});

test('[G7.5] a second signal kills what does not end by the first', async () => {
  const supervisor = start();
  await supervisor.ready();
  const pids = supervisor.pids();
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  supervisor.child.kill('SIGINT');
  supervisor.child.kill('SIGINT'); // a terminal's comes twice
  await delay(800);
  expect(pids.filter(lives)).toEqual(pids);
  expect(await ended(supervisor.child, 'SIGINT')).toBe(0);
  expect(pids.filter(lives)).toEqual([]);
});

test('[G7.2] each process that is killed comes back, and the page is served meanwhile', async () => {
  const supervisor = start();
  await supervisor.ready();
  const [replica] = await supervisor.until(
    ({ event, process: name }) => event === 'process-started' && name === 'chat-2',
  );
  process.kill(replica?.pid ?? 0, 'SIGKILL');
  expect((await fetch(await supervisor.url())).status).toBe(200);
  const [, again] = await supervisor.until(({ event, part }) => event === 'ready' && part === 'chat-2', 2);
  expect(again).toBeDefined();
});

test('[G7.5] nothing outlives a supervisor that is killed, and the next one starts on the same data', async () => {
  const supervisor = start();
  await supervisor.ready();
  const pids = supervisor.pids();
  supervisor.child.kill('SIGKILL');
  await expect.poll(() => pids.filter(lives), { timeout: 5_000 }).toEqual([]);
  await start().ready();
});

test('[G10.10] a second instance on the same data is refused and hurts nobody', async () => {
  const first = start();
  await first.ready();
  const second = start({ RUN_DIRECTORY: join(folder, 'other-run') });
  expect(await ended(second.child)).toBe(78);
  expect(second.complaints()).toContain('Another Ronda already runs on');
  expect(second.complaints()).toContain('DATA_DIRECTORY');
  expect((await fetch(`${await first.url()}/readyz`)).status).toBe(200);
});

test('[G10.10] nor may two share the folder of the sockets', async () => {
  const first = start();
  await first.ready();
  const second = start({ DATA_DIRECTORY: join(folder, 'other-data') });
  expect(await ended(second.child)).toBe(78);
  expect(second.complaints()).toContain('RUN_DIRECTORY');
});

test('[G10.9] [G7.4] a port that is taken is named once, and everything ends', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const supervisor = start({ PORT: port });
  expect(await ended(supervisor.child)).toBe(78);
  expect(supervisor.complaints()).toContain(port);
  expect(supervisor.complaints().trim().split('\n')).toHaveLength(1);
  expect(supervisor.pids().filter(lives)).toEqual([]);
  other.close();
});

test.for([
  ['PORT', 'eighty'],
  ['PORT', '65536'],
  ['REPLICAS', '0'],
  ['PUBLIC_URL', 'chat.example.org'],
  ['DATA_DIRECTORY', '/proc'],
  ['DATA_DIRECTORY', '/dev/null'],
  ['RUN_DIRECTORY', `/tmp/${'long-'.repeat(20)}`],
] as const)('[G10.9] %s=%s is refused before anything starts', async ([name, value]) => {
  const supervisor = start({ [name]: value });
  expect(await ended(supervisor.child)).toBe(78);
  expect(supervisor.complaints()).toMatch(new RegExp(`^${name} takes`));
  expect(supervisor.pids()).toEqual([]);
});

test('[G9.8] under TLS `npm run renew` renews everyone, and nobody who comes meanwhile is turned away', async () => {
  const { cert, key } = await selfSigned();
  const [certificatePath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(certificatePath, cert);
  writeFileSync(keyPath, key);
  const port = await freePort();
  const supervisor = start({ PORT: String(port), TLS_CERT: certificatePath, TLS_KEY: keyPath });
  await supervisor.ready();
  expect(await supervisor.url()).toBe(`https://127.0.0.1:${port}`);
  const before = supervisor.pids();

  const [link] = await supervisor.until(({ event }) => event === 'set-up-needed');
  const token = new URL(link?.url ?? '').hash.slice(1);
  const owner = { token, workspace: 'Aula', name: 'Ada', password: 'correct horse' };
  const { outcome, cookie } = await ask(port, '/trpc/identity.setUp', owner);
  expect(outcome).toBe('200');
  const people = await Promise.all(Array.from({ length: 12 }, () => stayConnected(port, cookie)));
  const renewal = spawn(process.execPath, ['scripts/renew.ts'], {
    env: { ...process.env, DATA_DIRECTORY: join(folder, 'data'), RUN_DIRECTORY: join(folder, 'run') },
    stdio: 'ignore',
  });
  expect(await ended(renewal)).toBe(0);
  const renewed = supervisor.until(({ event }) => event === 'rolled');
  let over = false;
  void renewed.then(() => {
    over = true;
  });
  const answers = new Map<string, number>();
  while (!over)
    for (const path of ['/', '/healthz', '/readyz']) {
      const answer = await ask(port, path);
      answers.set(answer.outcome, (answers.get(answer.outcome) ?? 0) + 1);
    }

  expect((await renewed).map(({ failed }) => failed)).toEqual([undefined]);
  // But for the one that the kernel had queued for the predecessor as it stopped (docs/decisions/0012-own-restart.md).
  const { ECONNRESET: resets = 0, ...others } = Object.fromEntries(answers);
  expect(Object.keys(others)).toEqual(['200']);
  expect(resets).toBeLessThanOrEqual(1);
  await expect.poll(() => before.filter(lives), { timeout: 10_000 }).toEqual([]);
  expect(supervisor.pids()).toHaveLength(2 * before.length);
  for (const person of people) {
    await expect.poll(person.isConnected, { timeout: 10_000 }).toBe(true);
    // Asked to leave by its replica or by the balancer each time, and never cut off.
    expect(new Set(person.codes)).toEqual(new Set([1012]));
    person.leave();
  }
}, 180_000);

type Answer = { outcome: string; cookie: string };

/** One request on a connection of its own: its status, or why there is none; `input` is sent to a procedure. */
function ask(port: number, path: string, input?: object): Promise<Answer> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', origin: `https://127.0.0.1:${port}` };
    const call = input === undefined ? {} : { method: 'POST', headers };
    const asked = request(
      { port, path, host: '127.0.0.1', agent: false, rejectUnauthorized: false, ...call },
      (response) => {
        const [cookie = ''] = response.headers['set-cookie'] ?? [];
        response.resume().once('close', () => {
          resolve({ outcome: String(response.statusCode), cookie: cookie.split(';')[0] ?? '' });
        });
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ outcome: error.code ?? error.message, cookie: '' }));
    asked.end(input === undefined ? undefined : JSON.stringify(input));
  });
}

/** A WebSocket that comes again whenever it is closed, as the page's does; resolves once it is open. */
async function stayConnected(port: number, cookie: string) {
  const codes: number[] = [];
  let socket: WebSocket | undefined;
  let staying = true;
  function connect(): void {
    const next = new WebSocket(`wss://127.0.0.1:${port}/trpc`, {
      rejectUnauthorized: false,
      origin: `https://127.0.0.1:${port}`,
      headers: { cookie },
    });
    let opened = false;
    next.on('open', () => {
      opened = true;
      socket = next;
    });
    next.on('error', () => undefined);
    next.on('close', (code) => {
      socket = undefined;
      if (opened) codes.push(code);
      if (staying) setTimeout(connect, 20);
    });
  }
  connect();
  await expect.poll(() => socket !== undefined, { timeout: 10_000 }).toBe(true);
  return {
    codes,
    isConnected: () => socket !== undefined,
    leave() {
      staying = false;
      socket?.terminate();
    },
  };
}
