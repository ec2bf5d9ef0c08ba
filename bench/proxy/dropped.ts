import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { round } from '../figures.ts';
import { residentKilobytes } from '../sockets/process-usage.ts';
import { proxies } from './proxies.ts';
import { startUpstreams } from './upstreams.ts';

const connections = 20_000;
const atOnce = 100;
const settleMs = 5_000;

const head =
  'GET /trpc HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** Connections dropped at every stage and in every way: what they leave behind, after the first and the second lot. */
export async function* benchDropped(): AsyncGenerator<Record<string, unknown>> {
  const { upstreams, process: upstream, remove } = await startUpstreams();
  const proxy = await proxies.ronda?.(upstreams);
  if (proxy === undefined || 'missing' in proxy) throw new Error('The balancer does not start');
  const { pid, port } = proxy;
  const state = () => ({
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    megabytes: round(residentKilobytes(pid) / 1_024),
  });
  yield { bench: 'dropped', case: 'before', connections: 0, ...state() };
  for (const name of ['first', 'second', 'third']) {
    for (let done = 0; done < connections; done += atOnce)
      await Promise.all(Array.from({ length: atOnce }, (_, index) => drop(port, done / atOnce + index)));
    await delay(settleMs);
    yield { bench: 'dropped', case: name, connections, ...state() };
  }
  await proxy.stop();
  upstream.kill('SIGKILL');
  await remove();
}

async function drop(port: number, way: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(way % 5 === 0 ? head.slice(0, 60) : head);
  if (way % 5 > 2) await once(socket, 'data');
  if (way % 3 === 0) socket.destroy();
  else if (way % 3 === 1) socket.resetAndDestroy();
  else socket.end();
  if (!socket.closed) await once(socket.resume(), 'close');
}
