import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startBalancer, startReplica } from '../cluster/processes.ts';
import { type BenchWorkspace, createBenchWorkspace } from '../cluster/workspace.ts';
import { median, round } from '../figures.ts';
import { openLightSocket } from '../sockets/light-socket.ts';
import { residentKilobytes } from '../sockets/process-usage.ts';

const connections = 3_000;
const warmUpConnections = 300;
const runs = 3;
const openAtOnce = 50;
const settleMs = 20_000;

/** Resident memory that an idle connection adds, with both subscriptions open, every one another person's. */
export async function* benchMemory(): AsyncGenerator<{ bench: string; case: string; kilobytesPerConnection: number }> {
  const workspace = await createBenchWorkspace(connections + warmUpConnections, 1);
  const cases = { replica: measureReplica, balancer: measureBalancer };
  for (const [name, measure] of Object.entries(cases)) {
    const results: number[] = [];
    for (let run = 0; run < runs; run += 1) results.push(await measure(workspace));
    yield { bench: 'memory', case: name, kilobytesPerConnection: round(median(results)) };
  }
  await workspace.remove();
}

async function measureReplica(workspace: BenchWorkspace): Promise<number> {
  const replica = await startReplica(workspace, 'chat-1');
  const path = join(workspace.runDirectory, 'replicas', 'chat-1.sock');
  return measure(workspace, replica.pid, { path }, () => replica.stop());
}

async function measureBalancer(workspace: BenchWorkspace): Promise<number> {
  const replicas = await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((id) => startReplica(workspace, id)));
  const balancer = await startBalancer(workspace);
  await delay(3_000);
  return measure(workspace, balancer.pid, { port: balancer.port, host: '127.0.0.1' }, async () => {
    await balancer.stop();
    await Promise.all(replicas.map((replica) => replica.stop()));
  });
}

type Target = { path: string } | { port: number; host: string };

async function measure(
  { cookies }: BenchWorkspace,
  pid: number,
  to: Target,
  stop: () => Promise<void>,
): Promise<number> {
  // The first ones compile code and grow pools that the others share.
  const warm = await openAll(to, cookies.slice(0, warmUpConnections));
  await delay(settleMs / 2);
  const before = residentKilobytes(pid);
  const rest = await openAll(to, cookies.slice(warmUpConnections));
  await delay(settleMs);
  const after = residentKilobytes(pid);
  for (const { raw } of [...warm, ...rest]) raw.destroy();
  await stop();
  return (after - before) / connections;
}

async function openAll(to: Target, cookies: string[]) {
  const sockets = [];
  const Host = 'port' in to ? `127.0.0.1:${to.port}` : 'localhost';
  const opening = ['events', 'ephemeral'].map((path, index) =>
    JSON.stringify({ id: index + 1, method: 'subscription', params: { path } }),
  );
  for (let start = 0; start < cookies.length; start += openAtOnce)
    sockets.push(
      ...(await Promise.all(
        cookies.slice(start, start + openAtOnce).map(async (cookie) => {
          const headers = { Host, Origin: `http://${Host}`, Cookie: cookie };
          const silent = () => undefined;
          const socket = await openLightSocket({ to, path: '/trpc', headers, onText: silent, onClose: silent });
          for (const text of opening) socket.send(text);
          return socket;
        }),
      )),
    );
  return sockets;
}
