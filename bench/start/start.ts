import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port.ts';
import { median, round } from '../figures.ts';
import { residentKilobytes } from '../sockets/process-usage.ts';

const runs = 5;
const idleMs = 10_000;

type Figures = { pageMs: number; readyMs: number; replicaMegabytes: number };

/** `npm start`, all installed and built, on data that exists: until the page comes, until all three replicas serve. */
export async function* benchStart(): AsyncGenerator<{ bench: string; case: string } & Figures> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-bench-'));
  const results: Figures[] = [];
  await measure(directory); // makes the data, and warms the disk's cache
  for (let run = 0; run < runs; run += 1) results.push(await measure(directory));
  const of = (figure: keyof Figures) => round(median(results.map((result) => result[figure])));
  yield {
    bench: 'start',
    case: 'warm',
    pageMs: of('pageMs'),
    readyMs: of('readyMs'),
    replicaMegabytes: of('replicaMegabytes'),
  };
  await rm(directory, { recursive: true, force: true });
}

async function measure(directory: string): Promise<Figures> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIRECTORY: join(directory, 'data'),
      RUN_DIRECTORY: join(directory, 'run'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  try {
    await until(async () => (await fetch(`http://127.0.0.1:${port}/`)).ok);
    const pageMs = performance.now() - startedAt;
    await until(async () => told.includes('all-ready') || told.includes('ready after'));
    const readyMs = performance.now() - startedAt;
    await delay(idleMs);
    const replicas = await descendantsRunning(child.pid ?? 0, 'server/chat/main.ts');
    const megabytes = replicas.map((pid) => residentKilobytes(pid) / 1_024);
    return { pageMs, readyMs, replicaMegabytes: Math.max(...megabytes) };
  } finally {
    const exited = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await exited;
  }
}

async function until(met: () => Promise<boolean>): Promise<void> {
  while (!(await met().catch(() => false))) await delay(10);
}

async function descendantsRunning(ancestor: number, file: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  const running: number[] = [];
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(file)) running.push(pid);
  }
  const descends = (pid: number): boolean => pid === ancestor || (pid > 1 && descends(parents.get(pid) ?? 0));
  return running.filter(descends);
}
