import { setTimeout as delay } from 'node:timers/promises';

/** Resolves to false, at once, where the work was stopped meanwhile. */
export type Pause = (ms: number) => Promise<boolean>;

/** Runs something beside the requests until it is stopped; stopping ends any pause and waits for what is under way. */
export function startBackgroundWork(work: (pause: Pause, stopped: AbortSignal) => Promise<void>): {
  stop(): Promise<void>;
} {
  const stopped = new AbortController();
  const running = work(pause, stopped.signal);

  async function pause(ms: number): Promise<boolean> {
    await delay(ms, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    return !stopped.signal.aborted;
  }

  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
