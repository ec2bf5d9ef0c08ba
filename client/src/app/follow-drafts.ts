import { draftTextLimit } from '../../../shared/limits.ts';
import type { Draft, LogEvent } from '../../../shared/protocol.ts';
import type * as DraftsHere from '../messages/drafts.ts';
import { refusalOf } from '../wire/refusal.ts';

/** After the last key; most messages are sent before, and are nowhere but here. */
const pauseMs = 3_000;
/** Whoever writes on and on is passed on from time to time. */
const longestMs = 15_000;
/** What was typed in so lately is being typed: nothing comes over it. */
export const typingMs = 10_000;
const retryMs = 5_000;

type Place = { channel: number; thread?: number };

type Surroundings = {
  /** What this device keeps; handed over, since the first look has it already. */
  here: typeof DraftsHere;
  owner: string;
  isOnline(): boolean;
  list(): Promise<Draft[]>;
  one(place: Place): Promise<Draft | null>;
  set(draft: Place & { text: string; age: number }): Promise<{ kept: boolean }>;
};

export type DraftsFollower = {
  onEvent(event: LogEvent): void;
  /** All of them anew: at first, and where events were missed. */
  reconcile(): Promise<void>;
  /** Passes on at once what waits for a pause. */
  flush(): Promise<void>;
  stop(): void;
};

/** Keeps this device's drafts and the server's at the later of the two. */
export function followDrafts({ here, owner, isOnline, list, one, set }: Surroundings): DraftsFollower {
  const { draftChange, keepDraft, readDraft, typedAt, timePrefix, writingTime } = here;
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
  const later = new Map<string, ReturnType<typeof setTimeout>>();
  /** What the server has, as far as is known here. */
  const known = new Map<string, string>();
  let stopped = false;

  /** When somebody last wrote there, by this page's clock; 0 where nobody has. */
  function draftTime(place: string): number {
    const key = `${owner}.${place}`;
    const typed = typedAt.get(key) ?? 0;
    try {
      return Math.max(typed, Number(localStorage.getItem(`${timePrefix}.${key}`) ?? 0));
    } catch {
      return typed; // storage is forbidden
    }
  }

  const stopWatching = draftChange.subscribe(() => {
    const change = draftChange.get();
    if (change?.owner === owner && change.byHand) wait(change.place, change.text === '' ? 0 : pauseMs);
  });

  function wait(place: string, ms: number): void {
    const { since = writingTime(), timer } = waiting.get(place) ?? {};
    clearTimeout(timer);
    const delay = Math.max(0, Math.min(ms, since + longestMs - writingTime()));
    waiting.set(place, { since, timer: setTimeout(() => void push(place), delay) });
  }

  async function push(place: string): Promise<void> {
    clearTimeout(waiting.get(place)?.timer);
    const text = readDraft(owner, place);
    if (stopped) return;
    if (text.length > draftTextLimit || (known.get(place) ?? '') === text) return void waiting.delete(place);
    if (!isOnline()) return; // it goes on waiting until it is again
    try {
      const age = Math.max(0, writingTime() - draftTime(place));
      const { kept } = await set({ ...placeOf(place), text, age });
      if (kept) known.set(place, text);
      waiting.delete(place);
      if (readDraft(owner, place) !== text) wait(place, pauseMs);
      else if (!kept) await look(place);
    } catch (error) {
      // A channel that one has left, or what can't be text: it stays on this device.
      if (refusalOf(error) !== undefined) waiting.delete(place);
      else if (!stopped) wait(place, retryMs);
    }
  }

  async function look(place: string): Promise<void> {
    const draft = await one(placeOf(place)).catch(() => undefined);
    if (draft && !stopped) compare(draft);
  }

  /** The later one counts; what is being typed is compared once that is over. */
  function compare({ text, age, ...where }: Draft): void {
    const place = where.thread === undefined ? `${where.channel}` : `${where.channel}.${where.thread}`;
    known.set(place, text);
    if (readDraft(owner, place) === text) return;
    const [typed, at] = [draftTime(place), writingTime() - age];
    const restsIn = typed + typingMs - writingTime();
    if (at <= typed) wait(place, 0);
    else if (restsIn <= 0) {
      typedAt.delete(`${owner}.${place}`);
      keepDraft(owner, place, text, at);
    } else {
      clearTimeout(later.get(place));
      later.set(
        place,
        setTimeout(() => void look(place), restsIn + 1),
      );
    }
  }

  return {
    onEvent(event) {
      if (event.kind !== 'draft-changed') return;
      const { channel, thread } = event;
      void look(thread === undefined ? `${channel}` : `${channel}.${thread}`);
    },
    async reconcile() {
      const drafts = await list().catch(() => undefined);
      if (drafts === undefined || stopped) return;
      known.clear();
      for (const draft of drafts) compare(draft);
      // What the server has never heard of, or what was sent while it couldn't be told.
      for (const place of placesIn(`${timePrefix}.${owner}.`))
        if (!known.has(place) && readDraft(owner, place) !== '') wait(place, 0);
    },
    async flush() {
      await Promise.all([...waiting.keys()].map(push));
    },
    stop() {
      stopped = true;
      stopWatching();
      for (const { timer } of waiting.values()) clearTimeout(timer);
      for (const timer of later.values()) clearTimeout(timer);
    },
  };
}

function placeOf(place: string): Place {
  const [channel, thread] = place.split('.').map(Number);
  return { channel: channel ?? 0, ...(thread === undefined ? {} : { thread }) };
}

/** Every place where somebody has written, or has sent what they wrote. */
function placesIn(start: string): string[] {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
  } catch {
    return [];
  }
}
