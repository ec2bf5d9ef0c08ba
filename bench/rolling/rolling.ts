import { setTimeout as delay } from 'node:timers/promises';
import { startRonda } from '../cluster/supervised.ts';
import { createBenchWorkspace } from '../cluster/workspace.ts';
import { percentile } from '../figures.ts';
import { gatherCrowd } from './crowd.ts';

const runs = 3;

/** Everything renewed, replica by replica and then the balancer, while people write and read. */
export async function* benchRolling(): AsyncGenerator<Record<string, unknown>> {
  for (let run = 1; run <= runs; run += 1)
    yield { bench: 'rolling', case: 'ronda', run, ...(await rollUnder({ people: 1_000, messagesPerSecond: 20 })) };
}

/** How long each client had no stream, each time that it moved, and what went wrong with what was said. */
export async function rollUnder({ people, messagesPerSecond }: { people: number; messagesPerSecond: number }) {
  const workspace = await createBenchWorkspace(people, 1);
  const { cookies, channels } = workspace;
  const ronda = await startRonda(workspace);
  try {
    const crowd = await gatherCrowd(ronda.port, { cookies, channel: channels[0] ?? 0, messagesPerSecond });
    await delay(1_000);
    const rolled = await ronda.roll();
    const said = await crowd.finish();
    return {
      people,
      ...said,
      moves: crowd.away.length,
      awayP50Ms: percentile(crowd.away, 0.5),
      awayP99Ms: percentile(crowd.away, 0.99),
      rolledInMs: rolled,
    };
  } finally {
    await ronda.stop();
    await workspace.remove();
  }
}
