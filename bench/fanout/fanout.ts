import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mintClientId } from '../../shared/client-id.ts';
import { startReplica } from '../cluster/processes.ts';
import { type BenchWorkspace, createBenchWorkspace } from '../cluster/workspace.ts';
import { median } from '../figures.ts';
import { cpuSeconds } from '../sockets/process-usage.ts';
import type { ReceiversOrder, ReceiversReport } from './receivers.ts';

const connections = 1_000;
const rounds = 5;
const secondsPerCase = 4;
/** Events under way at once in the saturated case. */
const saturatedInFlight = 64;

type Source = {
  pid: number;
  socketPath: string;
  order: Pick<ReceiversOrder, 'path' | 'opening' | 'greetings'>;
  /** Causes one event for everyone. */
  publish(seq: number): void;
  stop(): Promise<void>;
};

type Figures = { deliveriesPerSecond: number; cpuMicrosPerDelivery: number };

const text = 'x'.repeat(80);

/**
 * One event to a thousand connections of one server process, the next when all have it; for `ronda` the event comes
 * out of the log, committed by another process, as it does in a real cluster. CPU is the server's alone.
 */
export async function* benchFanout(): AsyncGenerator<{ bench: string; case: string } & Figures> {
  const names = ['raw-frame', 'ws-send', 'trpc', 'socket.io', 'ronda', 'ronda-saturated'];
  const results = new Map<string, Figures[]>(names.map((name) => [name, []]));
  const workspace = await createBenchWorkspace(connections, 1);
  // Interleaved, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) results.get(name)?.push(await measure(name, workspace));
  await workspace.remove();
  for (const [name, figures] of results)
    yield {
      bench: 'fanout',
      case: name,
      deliveriesPerSecond: median(figures.map(({ deliveriesPerSecond }) => deliveriesPerSecond)),
      cpuMicrosPerDelivery: median(figures.map(({ cpuMicrosPerDelivery }) => cpuMicrosPerDelivery)),
    };
}

async function measure(name: string, workspace: BenchWorkspace): Promise<Figures> {
  const source = name.startsWith('ronda') ? await rondaSource(workspace) : await peerSource(name, workspace);
  const receivers = fork(new URL('receivers.ts', import.meta.url));
  const order: ReceiversOrder = { socketPath: source.socketPath, cookies: workspace.cookies, ...source.order };
  receivers.send(order);
  await once(receivers, 'message');
  try {
    return await run(source, receivers, name === 'ronda-saturated' ? saturatedInFlight : 1);
  } finally {
    receivers.kill('SIGKILL');
    await source.stop();
  }
}

async function run(source: Source, receivers: ChildProcess, inFlight: number): Promise<Figures> {
  let seq = 0;
  let received = 0;
  const startedAt = performance.now();
  const cpuBefore = cpuSeconds(source.pid);
  await new Promise<void>((resolve) => {
    receivers.on('message', ({ kind, ...report }: ReceiversReport) => {
      if (kind !== 'received' || !('total' in report)) return;
      received = report.total;
      const over = performance.now() - startedAt > secondsPerCase * 1_000;
      if (over) resolve();
      else source.publish(++seq);
    });
    for (let event = 0; event < inFlight; event += 1) source.publish(++seq);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpu = cpuSeconds(source.pid) - cpuBefore;
  return { deliveriesPerSecond: received / seconds, cpuMicrosPerDelivery: (cpu * 1e6) / received };
}

async function rondaSource(workspace: BenchWorkspace): Promise<Source> {
  const replica = await startReplica(workspace, 'chat-1');
  const [author = 0] = workspace.members;
  const [channel = 0] = workspace.channels;
  return {
    pid: replica.pid,
    socketPath: join(workspace.runDirectory, 'replicas', 'chat-1.sock'),
    order: {
      path: '/trpc',
      opening: ['{"id":1,"method":"subscription","params":{"path":"events"}}'],
      greetings: 2, // "started" and the hello
    },
    publish: () =>
      void workspace.store.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text }),
    stop: () => replica.stop(),
  };
}

/** What the replica tells of such a message, so that all send as many bytes; each wraps it as it does. */
function eventPayload(seq: number): string {
  const told = { at: Date.now(), replica: 'bench' };
  const message = { id: seq, channel: 1, number: seq, author: 1, clientId: mintClientId(), text, ...told };
  const author = { id: 1, name: 'Owner', role: 'owner' };
  return JSON.stringify({
    ...{ kind: 'message-posted', message, author },
    ...{ seq, stream: 'channel:1', previous: seq - 1, ...told },
  });
}

const peerOrders: Record<string, Source['order']> = {
  trpc: {
    path: '/',
    opening: ['{"id":1,"method":"subscription","params":{"path":"events"}}'],
    greetings: 1, // "started"
  },
  'socket.io': {
    path: '/socket.io/?EIO=4&transport=websocket',
    opening: ['40'],
    greetings: 2, // the handshake, and the namespace
  },
};

async function peerSource(name: string, { directory }: BenchWorkspace): Promise<Source> {
  const socketPath = join(directory, 'peer.sock');
  await rm(socketPath, { force: true });
  const child = fork(new URL('peers.ts', import.meta.url), [name, socketPath]);
  await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    socketPath,
    order: peerOrders[name] ?? { path: '/', opening: [], greetings: 0 },
    publish: (seq) => void child.send({ seq, payload: eventPayload(1_000 + seq) }),
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
