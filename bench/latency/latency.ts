import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startBalancer, startReplica } from '../cluster/processes.ts';
import { createBenchWorkspace } from '../cluster/workspace.ts';
import { median, percentile } from '../figures.ts';
import type { PeopleOrder, PeopleReport } from './people.ts';

const people = 1_000;
const smallChannels = 50;
const smallChannelSize = 20;
const smallChannelsPerSecond = 300;
const bigChannelPerSecond = 5;
const runs = 3;

type Figures = {
  ackP50Ms: number;
  ackP99Ms: number;
  seenP50Ms: number;
  seenP99Ms: number;
  deliveriesPerSecond: number;
};

/**
 * Through the balancer: a thousand people in one channel with 5 messages/s, and fifty channels of twenty of them with
 * 300 messages/s in all. `ack` is send → answer, `seen` send → on the socket of somebody on another replica.
 */
export async function* benchLatency(): AsyncGenerator<{ bench: string; case: string } & Figures> {
  const results: Figures[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await measure());
  const of = (figure: keyof Figures) => median(results.map((result) => result[figure]));
  yield {
    bench: 'latency',
    case: 'ronda',
    ackP50Ms: of('ackP50Ms'),
    ackP99Ms: of('ackP99Ms'),
    seenP50Ms: of('seenP50Ms'),
    seenP99Ms: of('seenP99Ms'),
    deliveriesPerSecond: of('deliveriesPerSecond'),
  };
}

async function measure(): Promise<Figures> {
  const workspace = await createBenchWorkspace(people, smallChannels + 1);
  const [bigChannel = 0, ...channels] = workspace.channels;
  const groups: PeopleOrder['groups'] = [
    {
      channel: bigChannel,
      people: Array.from({ length: people }, (_, index) => index),
      perSecond: bigChannelPerSecond,
    },
  ];
  for (const [index, channel] of channels.entries()) {
    const members = Array.from(
      { length: smallChannelSize },
      (_, offset) => (index * smallChannelSize + offset) % people,
    );
    await Promise.all(
      members.map((person) =>
        workspace.store.write({ kind: 'join-channel', member: workspace.members[person] ?? 0, channel }),
      ),
    );
    groups.push({ channel, people: members, perSecond: smallChannelsPerSecond / smallChannels });
  }
  const replicas = await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((id) => startReplica(workspace, id)));
  const balancer = await startBalancer(workspace);
  const child = fork(new URL('people.ts', import.meta.url));
  try {
    await untilReady(balancer.port);
    const seconds = 15;
    const order: PeopleOrder = { port: balancer.port, cookies: workspace.cookies, groups, warmUpSeconds: 5, seconds };
    child.send(order);
    const [report] = (await once(child, 'message')) as [PeopleReport];
    return {
      ackP50Ms: percentile(report.ackMs, 0.5),
      ackP99Ms: percentile(report.ackMs, 0.99),
      seenP50Ms: percentile(report.seenMs, 0.5),
      seenP99Ms: percentile(report.seenMs, 0.99),
      deliveriesPerSecond: report.delivered / seconds,
    };
  } finally {
    child.kill('SIGKILL');
    await balancer.stop();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await workspace.remove();
  }
}

/** All replicas were there before the balancer; it needs a moment to have looked at each. */
async function untilReady(port: number): Promise<void> {
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}
