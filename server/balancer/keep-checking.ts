import type { Socket } from 'node:net';
import { createReadinessCheck, type Readiness } from './readiness.ts';
import type { HealthFact } from './replica-health.ts';
import type { Timings } from './timings.ts';
import type { Upstream } from './upstream.ts';

type Options = {
  upstream: Upstream;
  timings: Timings;
  /** It ends when this is no longer so. */
  current(): boolean;
  starting(): boolean;
  signal: AbortSignal;
  learn(fact: HealthFact, detail?: string): void;
};

/** At regular intervals, and at once where the replica's process ends. */
export async function keepChecking({ upstream, timings, current, starting, signal, learn }: Options): Promise<void> {
  const check = createReadinessCheck(upstream, timings.checkTimeoutMs, signal);
  while (current()) {
    const readiness = await check.ask();
    if (!current()) break;
    learn(factOf(readiness), 'cause' in readiness ? readiness.cause : undefined);
    await pause(starting() ? timings.firstCheckIntervalMs : timings.checkIntervalMs, signal, check.idleConnection());
  }
  check.close();
}

function factOf({ kind }: Readiness): HealthFact {
  switch (kind) {
    case 'ready':
      return { kind: 'check-passed', at: Date.now() };
    case 'not-ready':
      return { kind: 'not-ready' };
    case 'refused':
      return { kind: 'nobody-listens' };
    case 'failed':
      return { kind: 'check-failed' };
  }
}

function pause(ms: number, signal: AbortSignal, connection: Socket | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      connection?.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    connection?.once('close', done);
  });
}
