import { startBackgroundWork } from '../background-work.ts';
import type { NoticeResult } from '../store/mutations.ts';
import type { DueNotice, NoticeWork } from '../store/notices.ts';
import type { Store } from '../store/store.ts';
import { composeNotice } from './compose-notice.ts';
import { dueFor, messagesIn } from './decide-notices.ts';
import type { PushSender } from './push-sender.ts';

const batchLimit = 200;
const atOnce = 32;

/**
 * Looks through the log for what people are to be told of, waits a little for them to read it, and pushes the rest to
 * their devices: on one replica at a time. What is due and how far the log was looked through is kept with the data:
 * should that replica end, another goes on.
 */
export function sendNotices(options: {
  store: Pick<Store, 'write' | 'readAfter' | 'noticeWork' | 'noticeListeners' | 'dueNotices'>;
  replica: string;
  send: PushSender;
  /** How long somebody has to read a message before they are told of it. */
  delayMs: number;
  onError(error: unknown): void;
  /** Longer than a batch takes; what one that was killed had begun is begun anew after it. */
  leaseMs?: number;
  lookEveryMs?: number;
  /** What is said meanwhile is looked at together. */
  gatherMs?: number;
  /** How often it is written down that there was nothing to tell. */
  keepEveryMs?: number;
}): { wake(): void; stop(): Promise<void> } {
  const { store, replica: holder, send, delayMs, leaseMs = 10_000, lookEveryMs = 2_000, gatherMs = 200 } = options;
  const { keepEveryMs = 60_000 } = options;
  /** Up to here this replica knows that nobody is to be told of anything. */
  let looked = 0;
  let keptAt = Number.NEGATIVE_INFINITY;
  let woken = Promise.withResolvers<void>();

  const work = startBackgroundWork(async (pause, stopped) => {
    while (!stopped.aborted) {
      let waitMs = lookEveryMs;
      try {
        waitMs = await workOff(stopped);
      } catch (error) {
        options.onError(error);
      }
      await Promise.race([woken.promise, pause(Math.max(0, Math.min(waitMs, lookEveryMs)))]);
      await pause(gatherMs);
      woken = Promise.withResolvers();
    }
  });

  /** All that there is to do now; tells how long there is nothing. */
  async function workOff(stopped: AbortSignal): Promise<number> {
    let held = false;
    const takeLease = async () => {
      held = (await store.write({ kind: 'take-lease', job: 'notices', holder, forMs: leaseMs })).held;
      return held;
    };
    try {
      while (!stopped.aborted) {
        const now = Date.now();
        const found = await store.noticeWork(holder, now);
        if (found.heldUntil !== undefined) return found.heldUntil - now;
        const { dueAt = Number.POSITIVE_INFINITY } = found;
        const isBehind = found.devices && Math.max(looked, found.seq) < found.head;
        if (isBehind && !(await lookThroughLog(found, now, takeLease))) return lookEveryMs;
        if (dueAt <= now && !((await takeLease()) && (await sendDue(now, stopped)))) return lookEveryMs;
        if (dueAt > now && !isBehind) return dueAt - now;
      }
      return 0;
    } finally {
      if (held) await store.write({ kind: 'take-lease', job: 'notices', holder, forMs: 0 });
    }
  }

  /** False where another replica is at it. */
  async function lookThroughLog(
    { seq, head }: NoticeWork,
    now: number,
    takeLease: () => Promise<boolean>,
  ): Promise<boolean> {
    const events = await store.readAfter(Math.max(looked, seq), batchLimit);
    const last = events.at(-1)?.seq;
    if (last === undefined) {
      looked = head; // the rest was pruned
      return true;
    }
    const messages = messagesIn(events);
    const channels = [...new Set(messages.map(({ channel }) => channel))];
    const threads = [...new Set(messages.flatMap(({ thread }) => thread ?? []))];
    const listeners = messages.length === 0 ? [] : await store.noticeListeners({ channels, threads }, now);
    const due = dueFor(messages, listeners, now);
    // Also that nobody was to be told: after a restart, what somebody didn't want to hear of then isn't looked at anew.
    if (due.length > 0 || performance.now() - keptAt >= keepEveryMs) {
      if (!(await takeLease())) return false;
      const { moved } = await store.write({
        ...{ kind: 'add-due-notices', from: seq, to: last, dueAt: now + delayMs, due },
      });
      if (!moved) return true; // another replica has been at it, and may have come less far
      keptAt = performance.now();
    }
    looked = last;
    return true;
  }

  /** False where nothing came of what was due: it isn't to be asked for again at once. */
  async function sendDue(now: number, stopped: AbortSignal): Promise<boolean> {
    const due = await store.dueNotices(now, atOnce);
    const results = await Promise.all(due.map((notice) => settle(notice, now, stopped)));
    const known = results.filter((result) => result !== undefined);
    if (known.length > 0) await store.write({ kind: 'settle-notices', results: known });
    return known.length > 0;
  }

  async function settle(notice: DueNotice, now: number, stopped: AbortSignal): Promise<NoticeResult | undefined> {
    const { device, channel, thread, message, withdrawn } = notice;
    const composed = composeNotice(notice, now);
    const outcome = composed ? await send(notice, composed, stopped) : ({ kind: 'dropped' } as const);
    return outcome && { device, channel, thread, message, withdrawn, outcome };
  }

  return { wake: () => woken.resolve(), stop: work.stop };
}
