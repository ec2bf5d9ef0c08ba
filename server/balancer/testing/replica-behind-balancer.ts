import type { Socket } from 'node:net';
import { type RunningBalancer, startBalancer, until } from './running-balancer.ts';
import { type RawReplica, startRawReplica } from './upstreams.ts';

export async function withReplica(
  talk: (socket: Socket, head: string) => void,
  timings: Parameters<typeof startBalancer>[0] = {},
): Promise<{ balancer: RunningBalancer; replica: RawReplica }> {
  const balancer = await startBalancer({ finTimeoutMs: 200, ...timings });
  return { balancer, replica: await startRawReplica(balancer, 'chat-1', talk) };
}

export async function nothingIsLeft(balancer: RunningBalancer, replica: RawReplica): Promise<void> {
  await until(() => replica.connected() === 0);
  await until(() => balancer.replicas.list().every(({ counters }) => counters.tunnels === 0));
}
