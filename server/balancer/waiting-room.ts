export type WaitingRoom = {
  /** False when full. Exactly one of the two callbacks follows, unless `leave` comes first. */
  enter(waiter: Waiter, waitMs: number): boolean;
  leave(waiter: Waiter): void;
  /** In order of arrival. */
  callAll(): void;
  refuseAll(): void;
  readonly size: number;
};

type Waiter = { called(): void; timedOut(): void };

/** Where handshakes and requests wait, first in first out, while no replica is usable. */
export function createWaitingRoom(limit: number): WaitingRoom {
  const waiting = new Map<Waiter, NodeJS.Timeout>();

  function leave(waiter: Waiter): void {
    clearTimeout(waiting.get(waiter));
    waiting.delete(waiter);
  }

  /** Over a copy: who is called may have to wait again. */
  function empty(tell: (waiter: Waiter) => void): void {
    for (const waiter of [...waiting.keys()]) {
      if (!waiting.has(waiter)) continue;
      leave(waiter);
      tell(waiter);
    }
  }

  return {
    enter(waiter, waitMs) {
      if (waiting.size >= limit) return false;
      const timeOut = setTimeout(() => {
        waiting.delete(waiter);
        waiter.timedOut();
      }, waitMs);
      waiting.set(waiter, timeOut);
      return true;
    },
    leave,
    callAll: () => empty((waiter) => waiter.called()),
    refuseAll: () => empty((waiter) => waiter.timedOut()),
    get size() {
      return waiting.size;
    },
  };
}
