export type Deadlines<T> = { start(item: T): void; end(item: T): void };

/**
 * Many waits of one length with one timer: those that began first are over first. A timer for each would cost more
 * than nearly everything for which a connection waits.
 */
export function createDeadlines<T>(ms: number, passed: (item: T) => void): Deadlines<T> {
  const until = new Map<T, number>();
  let timer: NodeJS.Timeout | undefined;

  /** Only once all are told is the timer set again, for the first that is left: some begin while others are told. */
  function look(): void {
    const now = performance.now();
    try {
      for (const [item, at] of until) {
        if (at > now) break;
        until.delete(item);
        passed(item);
      }
    } finally {
      timer = undefined;
      const [next] = until.values();
      if (next !== undefined) watch(Math.max(0, next - performance.now()));
    }
  }

  /** A process that has nothing else to do needn't wait for it. */
  function watch(afterMs: number): void {
    if (timer === undefined) timer = setTimeout(look, Math.ceil(afterMs)).unref();
  }

  return {
    start(item) {
      until.delete(item);
      until.set(item, performance.now() + ms);
      watch(ms);
    },
    end: (item) => void until.delete(item),
  };
}
