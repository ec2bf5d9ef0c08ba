import type { Appended, Store, StoredEvent } from '../store/store.ts';

export type LogFollower = {
  /** There may be more: a hint or a commit of one's own. Cheap to call, however often. */
  wake(): void;
  /** What a commit appended: taken as it is where the log was followed up to just before it, and read where not. */
  offer(appended: Appended): void;
  stop(): Promise<void>;
};

const batchLimit = 1_000;

/** Hints get lost; what they told is found within this time. */
const safetyNetMs = 500;

/** Reads the log once after every hint, and hands on what follows `head`, in order. */
export function followLog(options: {
  store: Pick<Store, 'readAfter' | 'range' | 'version'>;
  head: number;
  onEvents(events: StoredEvent[]): void;
  /** What there was up to `seq` can't be delivered any more, such as where the log was pruned past this replica. */
  onGap(seq: number): void;
  onError(error: unknown): void;
}): LogFollower {
  const { store } = options;
  let head = options.head;
  let seenVersion: number | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  const offered: Appended[] = [];
  let stopped = false;

  function wake(): void {
    again = true;
    if (!stopped) reading ??= read();
  }

  async function read(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false;
        const events = await store.readAfter(head, batchLimit);
        const [first, last] = [events[0], events.at(-1)];
        if (first === undefined || last === undefined) continue;
        if (first.seq > head + 1 && (await store.range()).from > head) options.onGap(first.seq - 1);
        head = last.seq;
        again ||= events.length === batchLimit;
        deliver(events, head);
      }
    } catch (error) {
      options.onError(error); // the safety net tries again
      seenVersion = undefined;
    } finally {
      reading = undefined;
    }
  }

  function takeOffered(): void {
    const taken: StoredEvent[] = [];
    let end = head;
    let all = reading === undefined; // else its result begins at the same place
    for (const { after, events } of offered.splice(0)) {
      all &&= after === end;
      if (!all) break;
      taken.push(...events);
      end = events.at(-1)?.seq ?? end;
    }
    if (taken.length > 0 && !stopped) {
      head = end;
      deliver(taken, head);
    }
    if (!all) wake();
  }

  function deliver(events: StoredEvent[], last: number): void {
    try {
      options.onEvents(events);
    } catch (error) {
      options.onError(error);
      options.onGap(last); // some may have them and some not
    }
  }

  async function checkVersion(): Promise<void> {
    try {
      const version = await store.version();
      if (version !== seenVersion) wake();
      seenVersion = version;
    } catch (error) {
      options.onError(error);
    }
  }

  const safetyNet = setInterval(() => void checkVersion(), safetyNetMs);

  return {
    wake,
    offer(appended) {
      // What else this turn of the event loop brings goes out with it.
      if (offered.push(appended) === 1) setImmediate(takeOffered);
    },
    async stop() {
      stopped = true;
      clearInterval(safetyNet);
      await reading;
    },
  };
}
