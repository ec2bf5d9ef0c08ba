import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port.ts';
import { debianProgram } from '../cluster/debian-program.ts';
import { startBalancer } from '../cluster/processes.ts';
import { type RunningProgram, startProgram, stopped } from '../cluster/program.ts';

/** Where the three upstreams listen, each on both. */
export type Upstreams = { runDirectory: string; sockets: string[]; ports: number[] };
type Start = (upstreams: Upstreams) => Promise<RunningProgram | { missing: string }>;

/** Each one process on one core, over TCP as people run it, except where its name says otherwise. */
export const proxies: Record<string, Start> = {
  haproxy: (upstreams) =>
    startHaproxy(
      upstreams,
      upstreams.ports.map((port) => `127.0.0.1:${port}`),
    ),
  'haproxy-unix': (upstreams) =>
    startHaproxy(
      upstreams,
      upstreams.sockets.map((path) => `unix@${path}`),
    ),
  nginx: startNginx,
  'http-proxy-3': (upstreams) => startNodeProxy('http-proxy-3', upstreams),
  httpxy: (upstreams) => startNodeProxy('httpxy', upstreams),
  async ronda({ runDirectory }) {
    const balancer = await startBalancer({ runDirectory });
    // The upstreams were there before it; two good checks and it has all of them.
    await delay(1_000);
    return balancer;
  },
};

async function startHaproxy(
  { runDirectory }: Upstreams,
  addresses: string[],
): Promise<RunningProgram | { missing: string }> {
  const program = debianProgram('haproxy', 'haproxy');
  if ('missing' in program) return program;
  const port = await freePort();
  const file = join(runDirectory, 'haproxy.cfg');
  await writeFile(
    file,
    `global
  nbthread 1
  maxconn 8000
defaults
  mode http
  option forwardfor
  timeout connect 1s
  timeout client 90s
  timeout server 90s
  timeout tunnel 1h
frontend page
  bind 127.0.0.1:${port} backlog 4096
  default_backend replicas
backend replicas
  balance roundrobin
${addresses.map((address, index) => `  server chat-${index + 1} ${address}\n`).join('')}`,
  );
  return startProgram(program.path, ['-db', '-f', file], port);
}

async function startNginx({ runDirectory, ports }: Upstreams): Promise<RunningProgram | { missing: string }> {
  const program = debianProgram('nginx', 'nginx-light');
  if ('missing' in program) return program;
  const port = await freePort();
  const file = join(runDirectory, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; master_process off; pid ${runDirectory}/nginx.pid; error_log /dev/null crit;
events { worker_connections 16000; }
http {
  access_log off;
  upstream replicas { ${ports.map((each) => `server 127.0.0.1:${each};`).join(' ')} }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://replicas;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_read_timeout 1h;
    }
  }
}
`,
  );
  return startProgram(program.path, ['-c', file, '-p', runDirectory], port);
}

async function startNodeProxy(name: string, { ports }: Upstreams): Promise<RunningProgram> {
  const port = await freePort();
  const targets = ports.map((each) => `http://127.0.0.1:${each}`);
  const child = fork(new URL('node-proxy.ts', import.meta.url), [name, String(port), ...targets]);
  await once(child, 'message');
  return { pid: child.pid ?? 0, port, stop: () => stopped(child) };
}
