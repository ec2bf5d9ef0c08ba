import type { QueryClient } from '@tanstack/react-query';
import type { LogFollower } from '../connection/follow-log.ts';
import { mayKeepOf } from '../kept-person.ts';
import { isOfTheLog } from './cached-data.ts';
import { eraseKept, keptFormat, type Reached, reachedName, withKept } from './kept-database.ts';
import { keptQueries } from './kept-queries.ts';

const pauseMs = 3_000;
const hurryMs = 100;
/** Of the channels that nobody looks at, the page itself remembers so many. */
const rememberedChannels = 40;

type Kept = { queryClient: QueryClient; follower: LogFollower; owner: string; recent: readonly number[] };

/** Keeps the essential of the cache on this device, whenever there is time for it. */
export function keepState({ queryClient, follower, owner, recent: before }: Kept) {
  const cache = queryClient.getQueryCache();
  let writer = newWriter();
  const written = new Map<string, unknown>();
  let recent = before;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const opened = (channel: unknown) => {
    if (typeof channel === 'number') recent = [channel, ...recent.filter((other) => other !== channel)];
  };

  const soon = () => {
    timer ??= setTimeout(() => whenIdle(now), pauseMs);
  };

  const hurry = () => {
    clearTimeout(timer);
    timer = setTimeout(now, hurryMs);
  };

  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    const from = follower.reached();
    const kept = from && keptQueries(cache.getAll(), recent);
    if (stopped || from === undefined || kept === undefined || !mayKeepOf(owner)) return;
    const reached: Reached = { ...from, format: keptFormat, recent: recent.slice(0, rememberedChannels), writer };
    work = work.then(() => write(reached, kept)).catch(startAnew);
    forgetOldest();
  };

  /** What has been written isn't certain any more. */
  const startAnew = () => {
    writer = newWriter();
  };

  /** All of it is of one moment: one transaction, and only what this page has written itself is added to. */
  const write = (reached: Reached, kept: NonNullable<ReturnType<typeof keptQueries>>) =>
    withKept(async (database) => {
      const transaction = database.transaction('items', 'readwrite', { durability: 'relaxed' });
      const { store } = transaction;
      const last = (await store.get([owner, reachedName]))?.value as Reached | undefined;
      const ahead = last?.log === reached.log && last.ledger.position > reached.ledger.position;
      if (last?.writer !== reached.writer) {
        if (ahead && last.format === keptFormat) return transaction.done; // another tab knows more
        written.clear();
        await store.clear();
      }
      for (const { name, source, data } of kept) {
        if (written.get(name) === source) continue;
        await store.put({ owner, name, value: data });
        written.set(name, source);
      }
      for (const name of written.keys()) {
        if (kept.some((one) => one.name === name)) continue;
        await store.delete([owner, name]);
        written.delete(name);
      }
      await store.put({ owner, name: reachedName, value: reached });
      await transaction.done;
      // Signed out while this was being written: the erasure may have come before it.
      if (!mayKeepOf(owner)) await eraseKept();
    });

  const forgetOldest = () => {
    for (const channel of recent.slice(rememberedChannels))
      queryClient.removeQueries({ queryKey: ['conversation', channel], type: 'inactive' });
    recent = recent.slice(0, rememberedChannels);
  };

  const stopWatching = cache.subscribe(({ type, query: { queryKey } }) => {
    if (type === 'observerAdded' && queryKey[0] === 'conversation') opened(queryKey[1]);
    if ((type === 'updated' || type === 'removed') && isOfTheLog(queryKey)) soon();
  });
  for (const { queryKey } of cache.findAll({ queryKey: ['conversation'], type: 'active' })) opened(queryKey[1]);
  const leaving = () => document.visibilityState === 'hidden' && now();
  addEventListener('visibilitychange', leaving);
  addEventListener('pagehide', now);
  soon();

  return {
    /** What was deleted shall not wait to be gone from here too. */
    hurry,
    stop() {
      stopped = true;
      clearTimeout(timer);
      stopWatching();
      removeEventListener('visibilitychange', leaving);
      removeEventListener('pagehide', now);
    },
  };
}

function newWriter(): string {
  return Math.random().toString(36).slice(2);
}

export type StateKeeper = ReturnType<typeof keepState>;

/** Not where the browser has no such notion (Safari): then the pause has to do. */
function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(task, { timeout: 10_000 });
  else task();
}
