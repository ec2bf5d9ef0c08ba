import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from '../clients/crowd.ts';
import type { Person } from '../clients/person.ts';
import type { Cluster } from '../cluster/cluster.ts';

const finishPatienceMs = 90_000;

/** After the faults: everyone gets their answers, some leave, and who stays has to come to know all of it. */
export async function settle(options: {
  cluster: Cluster;
  crowd: Crowd;
  /** How long a reader may take for what it lacks; afterwards it counts as lost. */
  patienceMs: number;
  presenceGraceMs: number;
  tell(text: string): void;
}): Promise<{ staying: Person[]; endedAt: number }> {
  const { cluster, crowd, presenceGraceMs, tell } = options;
  await cluster.untilReady();
  tell('Everyone gets their answers …');
  await within(finishPatienceMs, 'answers to all that was sent', crowd.finish());
  const staying = crowd.people.filter((_, index) => index % 3 !== 2);
  for (const person of crowd.people) if (!staying.includes(person)) person.close();
  const leftAt = performance.now();

  tell('Everyone catches up …');
  await catchUp(staying, options.patienceMs);
  await delay(Math.max(0, leftAt + presenceGraceMs + 1_000 - performance.now()));
  return { staying, endedAt: performance.now() };
}

/** Waits until these have come to know all that is theirs. */
export async function catchUp(people: Person[], patienceMs: number): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (const { writer, readers } of people) {
    const { heads } = await writer.client.trpc.workspace.snapshot.query();
    const complete = heads as Record<string, number>;
    for (const reader of readers) {
      while (!reader.hasReached(complete) && performance.now() < giveUpAt) await delay(20);
      reader.record.caughtUp = true;
    }
  }
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const timeout = new AbortController();
  const late = delay(ms, undefined, { signal: timeout.signal }).then(() => {
    throw new Error(`No ${what} within ${ms / 1_000} s.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timeout.abort();
    late.catch(() => undefined);
  }
}
