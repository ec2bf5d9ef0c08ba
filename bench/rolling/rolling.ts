import { setTimeout as delay } from 'node:timers/promises';
import { startRonda } from '../cluster/supervised.ts';
import { createBenchWorkspace } from '../cluster/workspace.ts';
import { median, percentile } from '../figures.ts';
import { gatherCrowd } from './crowd.ts';

const runs = 3;
const people = 1_000;

/** Everything renewed, replica by replica and then the balancer, while people write and read. */
export async function* benchRolling(): AsyncGenerator<Record<string, unknown>> {
  const results: Awaited<ReturnType<typeof rollUnder>>[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await rollUnder({ people, messagesPerSecond: 20 }));
  const middle = (read: (result: (typeof results)[number]) => number) => median(results.map(read));
  const sum = (read: (result: (typeof results)[number]) => number) => results.map(read).reduce((a, b) => a + b, 0);
  yield {
    bench: 'rolling',
    case: 'ronda',
    people,
    awayP50Ms: middle(({ awayP50Ms }) => awayP50Ms),
    awayP99Ms: middle(({ awayP99Ms }) => awayP99Ms),
    longestAwayP99Ms: Math.max(...results.map(({ awayP99Ms }) => awayP99Ms)),
    rolledInMs: middle(({ rolledInMs }) => rolledInMs),
    moves: sum(({ moves }) => moves),
    sent: sum(({ sent }) => sent),
    again: sum(({ again }) => again),
    failed: sum(({ failed }) => failed),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    reordered: sum(({ reordered }) => reordered),
  };
}

/** How long each client had no stream, each time that it moved, and what went wrong with what was said. */
export async function rollUnder(load: { people: number; messagesPerSecond: number }) {
  const workspace = await createBenchWorkspace(load.people, 1);
  const ronda = await startRonda(workspace);
  try {
    const [channel = 0] = workspace.channels;
    const { messagesPerSecond } = load;
    const crowd = await gatherCrowd(ronda.port, { cookies: workspace.cookies, channel, messagesPerSecond });
    await delay(1_000);
    const rolledInMs = await ronda.roll();
    return {
      ...(await crowd.finish()),
      rolledInMs,
      moves: crowd.away.length,
      awayP50Ms: percentile(crowd.away, 0.5),
      awayP99Ms: percentile(crowd.away, 0.99),
    };
  } finally {
    await ronda.stop();
    await workspace.remove();
  }
}
