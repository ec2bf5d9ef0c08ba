import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/testing/free-port.ts';
import type { Upstreams } from './proxies.ts';

/** Three of them in one process, each on a Unix socket and on a port. */
export async function startUpstreams() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-proxy-'));
  const runDirectory = join(directory, 'run');
  await mkdir(join(runDirectory, 'replicas'), { recursive: true });
  const ids = ['chat-1', 'chat-2', 'chat-3'];
  const upstreams: Upstreams = {
    runDirectory,
    sockets: ids.map((id) => join(runDirectory, 'replicas', `${id}.sock`)),
    ports: [await freePort(), await freePort(), await freePort()],
  };
  const child = fork(new URL('upstream.ts', import.meta.url), [...upstreams.sockets, ...upstreams.ports.map(String)]);
  await once(child, 'message');
  return { upstreams, process: child, remove: () => rm(directory, { recursive: true, force: true }) };
}
