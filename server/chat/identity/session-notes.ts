import type { OpenSockets } from '../connections/open-sockets.ts';
import type { Session, Store } from '../store/store.ts';
import type { Device } from './device.ts';

/** When and where sessions were used last, written together and seldom: thousands may come at once after a restart. */
export type SessionNotes = {
  /** A session has a connection from that device. */
  note(session: Session, device: Device): void;
  stop(): Promise<void>;
};

const flushEveryMs = 2_000;
/** What is connected all the time is in use too. */
const noteOpenEveryFlushes = 150;
const staleMs = 5 * 60_000;

export function keepSessionNotes(options: {
  store: Pick<Store, 'write'>;
  sockets: Pick<OpenSockets, 'sessions'>;
  clock?: () => number;
}): SessionNotes {
  const { store, sockets, clock = Date.now } = options;
  let noted = new Map<number, Partial<Device>>();
  let flushes = 0;

  async function flush(): Promise<void> {
    if (noted.size === 0) return;
    const sessions = [...noted].map(([id, device]) => ({ id, ...device }));
    noted = new Map();
    await store.write({ kind: 'note-sessions', sessions }).catch(() => undefined); // the next time they are
  }

  const timer = setInterval(() => {
    flushes += 1;
    if (flushes % noteOpenEveryFlushes === 0)
      for (const id of sockets.sessions()) if (!noted.has(id)) noted.set(id, {});
    void flush();
  }, flushEveryMs);
  timer.unref();

  return {
    note({ id, usedAt }, device) {
      if (clock() - usedAt > staleMs) noted.set(id, device);
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
