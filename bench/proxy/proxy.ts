import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningProgram } from '../cluster/program.ts';
import { median, percentile, round } from '../figures.ts';
import { type LightSocket, openLightSocket } from '../sockets/light-socket.ts';
import { cpuSeconds, residentKilobytes } from '../sockets/process-usage.ts';
import { proxies } from './proxies.ts';
import type { UpstreamOrder } from './upstream.ts';
import { startUpstreams } from './upstreams.ts';

const runs = 3;
const idleConnections = 2_000;
const warmUpConnections = 300;
const busyConnections = 500;
const framesPerSecond = 20_000;
const frameSeconds = 3;
const shortConnections = 3_000;
const connectionsUntilWarm = 20_000;
const roundTrips = 1_000;
const openAtOnce = 50;

type Figures = {
  cpuMicrosPerFrame: number;
  /** Of the first 3,000 that are opened and closed, while a JavaScript engine still compiles. */
  cpuMicrosPerEarlyConnection: number;
  /** After 20,000 more, as it stays. */
  cpuMicrosPerConnection: number;
  kilobytesPerIdleConnection: number;
  connectionsPerSecond: number;
  roundTripP50Ms: number;
  roundTripP99Ms: number;
};

/**
 * WebSockets through each proxy to the same three upstreams. CPU is the proxy's alone, user and system. `only` names
 * those to compare, such as `haproxy,ronda`.
 */
export async function* benchProxy(only?: string): AsyncGenerator<Record<string, unknown>> {
  const wanted = only?.startsWith('--') ? undefined : only?.split(',');
  const compared = Object.entries(proxies).filter(([name]) => wanted?.includes(name) ?? true);
  const { upstreams, process: upstream, remove } = await startUpstreams();
  const results = new Map<string, Figures[]>();
  const missing = new Map<string, string>();
  // Interleaved, so that what else the machine does meets all of them.
  for (let run = 0; run < runs; run += 1)
    for (const [name, start] of compared) {
      if (missing.has(name)) continue;
      const proxy = await start(upstreams);
      if ('missing' in proxy) missing.set(name, proxy.missing);
      else results.set(name, [...(results.get(name) ?? []), await measure(proxy, upstream)]);
    }
  upstream.kill('SIGKILL');
  await remove();
  for (const [name] of compared) {
    const skipped = missing.get(name);
    if (skipped === undefined) yield { bench: 'proxy', case: name, ...mediansOf(results.get(name) ?? []) };
    else yield { bench: 'proxy', case: name, skipped };
  }
}

async function measure(proxy: RunningProgram, upstream: ChildProcess): Promise<Figures> {
  const order = (what: UpstreamOrder) => void upstream.send(what);
  try {
    const idle = await measureIdle(proxy);
    const frames = await measureFrames(proxy, order);
    const trips = await measureRoundTrips(proxy);
    return { ...idle, ...frames, ...(await measureConnections(proxy)), ...trips };
  } finally {
    await proxy.stop();
  }
}

async function measureIdle({ pid, port }: RunningProgram) {
  // The first ones compile code and grow pools that the others share.
  const warm = await openAll(port, warmUpConnections);
  await delay(1_500);
  const before = residentKilobytes(pid);
  const rest = await openAll(port, idleConnections);
  await delay(4_000);
  const kilobytesPerIdleConnection = (residentKilobytes(pid) - before) / idleConnections;
  await closeAll([...warm, ...rest]);
  return { kilobytesPerIdleConnection };
}

async function measureFrames({ pid, port }: RunningProgram, order: (what: UpstreamOrder) => void) {
  let received = 0;
  const sockets = await openAll(port, busyConnections, () => {
    received += 1;
  });
  order({ kind: 'pace', framesPerSecond });
  await delay(500);
  const [cpuBefore, receivedBefore] = [cpuSeconds(pid), received];
  await delay(frameSeconds * 1_000);
  const cpuMicrosPerFrame = ((cpuSeconds(pid) - cpuBefore) * 1e6) / (received - receivedBefore);
  order({ kind: 'stop' });
  await closeAll(sockets);
  return { cpuMicrosPerFrame };
}

async function measureConnections(proxy: RunningProgram) {
  const { cpuMicros: cpuMicrosPerEarlyConnection } = await openAndClose(proxy, shortConnections);
  await openAndClose(proxy, connectionsUntilWarm);
  const { cpuMicros: cpuMicrosPerConnection, perSecond } = await openAndClose(proxy, shortConnections);
  return { cpuMicrosPerEarlyConnection, cpuMicrosPerConnection, connectionsPerSecond: perSecond };
}

/** CPU of one connection, and how many there were a second. */
async function openAndClose({ pid, port }: RunningProgram, count: number) {
  const cpuBefore = cpuSeconds(pid);
  const startedAt = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: openAtOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await closeAll(await openAll(port, 1));
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return { cpuMicros: ((cpuSeconds(pid) - cpuBefore) * 1e6) / count, perSecond: count / seconds };
}

async function measureRoundTrips({ port }: RunningProgram) {
  let answered = (): void => undefined;
  const [socket] = await openAll(port, 1, () => answered());
  const times: number[] = [];
  for (let trip = 0; trip < roundTrips; trip += 1) {
    const sentAt = performance.now();
    await new Promise<void>((resolve) => {
      answered = resolve;
      socket?.send('x'.repeat(250));
    });
    times.push(performance.now() - sentAt);
  }
  socket?.raw.destroy();
  return { roundTripP50Ms: percentile(times, 0.5), roundTripP99Ms: percentile(times, 0.99) };
}

async function openAll(port: number, count: number, onText = (): void => undefined): Promise<LightSocket[]> {
  const sockets: LightSocket[] = [];
  const to = { port, host: '127.0.0.1' };
  const options = { to, path: '/trpc', headers: {}, onText, onClose: () => undefined };
  while (sockets.length < count) {
    const batch = Math.min(openAtOnce, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: batch }, () => openLightSocket(options)))));
  }
  return sockets;
}

async function closeAll(sockets: LightSocket[]): Promise<void> {
  await Promise.all(
    sockets.map(({ raw }) => {
      raw.end();
      return raw.closed ? undefined : once(raw, 'close');
    }),
  );
}

function mediansOf(figures: Figures[]): Record<string, number> {
  const names = Object.keys(figures[0] ?? {}) as (keyof Figures)[];
  return Object.fromEntries(names.map((name) => [name, round(median(figures.map((each) => each[name])))]));
}
