import { LabFault } from '../../lab/lab-order.ts';

/** What the lab does to this replica, where it is on. */
export type LabFaults = {
  /** Calls back as late as the replica is slow at this moment, each caller in the order of its calls. */
  late(queue: LateQueue, work: () => void): void;
};

/** One for each connection, so that nothing overtakes on it. */
export type LateQueue = { lastDueAt: number };

/** The supervisor tells of them over the channel between the two; without one there are none. */
export function listenForLabFaults(isolate: (forMs: number) => void): LabFaults {
  let delayMs = 0;
  let slowUntil = 0;
  process.on('message', (message) => {
    const fault = LabFault.safeParse(message).data;
    if (fault?.kind === 'lab-isolate') isolate(fault.forMs);
    if (fault?.kind !== 'lab-slow') return;
    delayMs = fault.delayMs;
    slowUntil = performance.now() + fault.forMs;
  });
  return {
    late(queue, work) {
      const now = performance.now();
      const dueAt = Math.max(now + (now < slowUntil ? delayMs : 0), queue.lastDueAt);
      if (dueAt <= now) return work();
      queue.lastDueAt = dueAt;
      setTimeout(work, dueAt - now);
    },
  };
}
