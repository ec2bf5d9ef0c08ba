export type Slots = {
  /** Granted at once where one is free, else in order of arrival. False when the queue is full. */
  take(applicant: Applicant, waitMs: number): boolean;
  /** Gives up a place in the queue. */
  leave(applicant: Applicant): void;
  /** Gives a granted slot back. */
  release(): void;
  /** Sends the whole queue away. */
  dismissAll(): void;
  readonly taken: number;
  readonly queued: number;
};

type Applicant = { granted(): void; dismissed(): void; timedOut(): void };

/** A bounded number of things under way at once and a bounded queue behind them, first in first out. */
export function createSlots(limit: number, queueLimit: number): Slots {
  const queue = new Map<Applicant, NodeJS.Timeout>();
  let taken = 0;

  function leave(applicant: Applicant): void {
    clearTimeout(queue.get(applicant));
    queue.delete(applicant);
  }

  return {
    take(applicant, waitMs) {
      if (taken < limit) {
        taken += 1;
        applicant.granted();
        return true;
      }
      if (queue.size >= queueLimit) return false;
      const timeOut = setTimeout(() => {
        queue.delete(applicant);
        applicant.timedOut();
      }, waitMs);
      queue.set(applicant, timeOut);
      return true;
    },
    leave,
    release() {
      const [first] = queue.keys();
      if (first === undefined) {
        taken -= 1;
        return;
      }
      leave(first);
      first.granted();
    },
    dismissAll() {
      for (const applicant of [...queue.keys()]) {
        if (!queue.has(applicant)) continue;
        leave(applicant);
        applicant.dismissed();
      }
    },
    get taken() {
      return taken;
    },
    get queued() {
      return queue.size;
    },
  };
}
