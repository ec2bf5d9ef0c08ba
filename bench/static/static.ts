import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { freePort } from '../../server/testing/free-port.ts';
import { debianProgram } from '../cluster/debian-program.ts';
import { startBalancer } from '../cluster/processes.ts';
import { type RunningProgram, startProgram } from '../cluster/program.ts';
import { median, round } from '../figures.ts';
import { cpuSeconds } from '../sockets/process-usage.ts';

const runs = 5;
const seconds = 2;
const connections = 64;
const assetPath = '/assets/page-1a2b3c4d.js';

type Figures = { requestsPerSecond: number; cpuMicrosPerRequest: number };
type Start = (directory: string) => Promise<RunningProgram | { missing: string }>;

const servers: Record<string, Start> = {
  nginx: startNginx,
  ronda: (directory) => startBalancer({ runDirectory: join(directory, 'run') }, { ASSETS_DIRECTORY: directory }),
};

/** One script of 100 KB, as a browser gets it (gzip, which both have ready) and as it is; one process serves. */
export async function* benchStatic(): AsyncGenerator<Record<string, unknown>> {
  const wrk = debianProgram('wrk', 'wrk');
  if ('missing' in wrk) {
    for (const name of Object.keys(servers)) yield { bench: 'static', case: name, skipped: wrk.missing };
    return;
  }
  const directory = await makeAsset();
  const results = new Map<string, Figures[]>();
  const missing = new Map<string, string>();
  const running = new Map<string, RunningProgram>();
  for (const [name, start] of Object.entries(servers)) {
    const server = await start(directory);
    if ('missing' in server) missing.set(name, server.missing);
    else running.set(name, server);
  }
  await delay(1_000);
  // Interleaved, so that what else the machine does meets both; the first run only warms them up.
  for (let run = 0; run <= runs; run += 1)
    for (const [suffix, encoding] of [
      ['', 'gzip'],
      ['-identity', 'identity'],
    ] as const)
      for (const [name, server] of running) {
        const figures = await load(wrk.path, server, encoding);
        if (run > 0) results.set(name + suffix, [...(results.get(name + suffix) ?? []), figures]);
      }
  for (const server of running.values()) await server.stop();
  await rm(directory, { recursive: true, force: true });
  for (const [name, skipped] of missing) yield { bench: 'static', case: name, skipped };
  for (const [name, figures] of results)
    yield {
      bench: 'static',
      case: name,
      requestsPerSecond: median(figures.map(({ requestsPerSecond }) => requestsPerSecond)),
      cpuMicrosPerRequest: median(figures.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
    };
}

async function load(wrk: string, { pid, port }: RunningProgram, encoding: string): Promise<Figures> {
  const wrkArguments = ['-t1', `-c${connections}`, `-d${seconds}s`, '-H', `Accept-Encoding: ${encoding}`];
  const cpuBefore = cpuSeconds(pid);
  const { stdout } = await promisify(execFile)(wrk, [...wrkArguments, `http://127.0.0.1:${port}${assetPath}`]);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  if (/Non-2xx/.test(stdout)) throw new Error(`Not every answer was a 200:\n${stdout}`);
  return {
    requestsPerSecond: round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])),
    cpuMicrosPerRequest: round(((cpuSeconds(pid) - cpuBefore) * 1e6) / requests),
  };
}

async function startNginx(directory: string): Promise<RunningProgram | { missing: string }> {
  const program = debianProgram('nginx', 'nginx-light');
  if ('missing' in program) return program;
  const port = await freePort();
  const file = join(directory, 'nginx.conf');
  await writeFile(
    file,
    `user root; daemon off; master_process off; pid ${directory}/nginx.pid; error_log /dev/null crit;
events { worker_connections 4096; }
http {
  types { text/javascript js; }
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  gzip_static on;
  keepalive_requests 1000000;
  server { listen 127.0.0.1:${port} backlog=4096; root ${directory}; }
}
`,
  );
  return startProgram(program.path, ['-c', file, '-p', directory], port);
}

/** Text that compresses to a third, as the page does. */
async function makeAsset(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-static-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html>');
  let seed = 1;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const words = Array.from({ length: 1_500 }, () => next(36 ** 6).toString(36));
  let text = '';
  while (text.length < 100_000) text += `${words[Math.floor(next(1_500) ** 2 / 1_500)]}(${next(10)});`;
  const script = Buffer.from(text);
  await writeFile(join(directory, assetPath), script);
  await writeFile(join(directory, `${assetPath}.gz`), gzipSync(script));
  return directory;
}
