import { type Cell, createCell } from '../cell.ts';
import type { Ask } from '../wire/ask.ts';
import { type Nearby, nearbyAfter, nobodyNearby, withoutExpired, withoutTyping } from './nearby.ts';

const sayTypingEveryMs = 2_500;
const resubscribeDelayMs = 1_000;

export type NearbyFollower = {
  nearby: Cell<Nearby>;
  /** I am writing there; said as often as it is worth. */
  type(channel: number, thread: number | undefined): void;
  /** Somebody's message has come: they write it no more. */
  sent(place: { channel: number; thread?: number | undefined; member: number }): void;
  /** Listens again, on whatever socket there is now. */
  resume(): void;
  stop(): void;
};

/** Keeps one `ephemeral` subscription alive. What is missed meanwhile is of no use any more. */
export function followNearby(ask: Ask): NearbyFollower {
  const nearby = createCell<Nearby>(nobodyNearby);
  const saidAt = new Map<string, number>();
  let subscription: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let expiry: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const subscribe = () => {
    unsubscribe();
    if (stopped) return;
    subscription = ask.ephemeral.subscribe(undefined, {
      onData(told) {
        nearby.set(nearbyAfter(nearby.get(), told, Date.now()));
        expire();
      },
      onError: subscribeSoon,
      onComplete: subscribeSoon,
    });
  };

  const unsubscribe = () => {
    clearTimeout(timer);
    subscription?.unsubscribe();
    subscription = undefined;
  };

  const subscribeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(subscribe, resubscribeDelayMs * (0.5 + Math.random()));
  };

  const expire = () => {
    clearTimeout(expiry);
    const now = Date.now();
    nearby.set(withoutExpired(nearby.get(), now));
    const next = Math.min(...nearby.get().typing.map(({ until }) => until));
    if (Number.isFinite(next)) expiry = setTimeout(expire, next - now + 1);
  };

  subscribe();
  return {
    nearby,
    type(channel, thread) {
      const key = `${channel} ${thread}`;
      const now = Date.now();
      if (now - (saidAt.get(key) ?? 0) < sayTypingEveryMs) return;
      saidAt.set(key, now);
      ask.channels.typing.mutate({ channel, thread }).catch(() => undefined); // of this moment only
    },
    sent(place) {
      nearby.set(withoutTyping(nearby.get(), place));
    },
    resume: subscribe,
    stop() {
      stopped = true;
      clearTimeout(expiry);
      unsubscribe();
    },
  };
}
