import { askReadiness, type Readiness } from './readiness.ts';
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

export async function keepChecking({ upstream, timings, current, starting, signal, learn }: Options): Promise<void> {
  while (current()) {
    const readiness = await askReadiness(upstream, timings.checkTimeoutMs, signal);
    if (!current()) return;
    learn(factOf(readiness), readiness.kind === 'failed' ? readiness.cause : undefined);
    await pause(starting() ? timings.firstCheckIntervalMs : timings.checkIntervalMs, signal);
  }
}

function factOf({ kind }: Readiness): HealthFact {
  switch (kind) {
    case 'ready':
      return { kind: 'check-passed', at: Date.now() };
    case 'not-ready':
      return { kind: 'not-ready' };
    case 'failed':
      return { kind: 'check-failed' };
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
