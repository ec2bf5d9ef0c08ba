import type { StoredEvent } from '../store/store.ts';
import { cursorText } from './cursor.ts';
import { textFrame, trackedText } from './websocket-frame.ts';

/** An event ready for the wire: its frame is made once for all connections that call the subscription the same. */
export type RingEntry = StoredEvent & { frameFor(wireId: number | string): Buffer };

/** The newest events, bounded by count and bytes; `start` is the greatest seq that is no longer in it. */
export type Ring = {
  readonly start: number;
  push(event: StoredEvent): RingEntry;
  /** Forgets all; what comes next follows `seq`. */
  restart(seq: number): void;
  /** Takes what a deleted message said out of these events. */
  empty(seqs: readonly number[]): void;
  /** The events after `seq`; to be used up at once, before anything is pushed. */
  after(seq: number): Generator<RingEntry>;
};

/** Pages all call it 1; whoever calls it otherwise may not grow the ring. */
const sharedFramesLimit = 3;

export function createRing(log: string, head: number, limits = { entries: 16_384, bytes: 16_000_000 }): Ring {
  const entries: RingEntry[] = [];
  let bytes = 0;
  let start = head;

  return {
    get start() {
      return start;
    },
    push(event) {
      const entry = entryOf(log, event);
      entries.push(entry);
      bytes += entry.payload.length;
      if (entries.length > limits.entries || bytes > limits.bytes) dropOlderHalf();
      return entry;
    },
    empty(seqs) {
      for (const seq of seqs) {
        const entry = entries[indexAfter(entries, seq - 1)];
        if (entry?.seq !== seq) continue;
        bytes -= entry.payload.length;
        entry.payload = withoutText(entry.payload);
        bytes += entry.payload.length;
      }
    },
    restart(seq) {
      entries.length = 0;
      bytes = 0;
      start = seq;
    },
    *after(seq) {
      for (let index = indexAfter(entries, seq); index < entries.length; index += 1) yield entries[index] as RingEntry;
    },
  };

  // Half at a time, so that dropping costs next to nothing an event.
  function dropOlderHalf(): void {
    const dropped = entries.splice(0, Math.ceil(entries.length / 2));
    start = dropped.at(-1)?.seq ?? start;
    for (const { payload } of dropped) bytes -= payload.length;
  }
}

function indexAfter(entries: RingEntry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function entryOf(log: string, { payload, ...event }: StoredEvent): RingEntry {
  const frames = new Map<number | string, Buffer>();
  return {
    ...event,
    get payload() {
      return payload;
    },
    set payload(next) {
      payload = next;
      frames.clear();
    },
    frameFor(wireId) {
      const shared = frames.get(wireId);
      if (shared !== undefined) return shared;
      const frame = textFrame(trackedText(wireId, cursorText(log, event.seq), payload));
      if (frames.size < sharedFramesLimit) frames.set(wireId, frame);
      return frame;
    },
  };
}

function withoutText(payload: string): string {
  const { mentions: _, mentioned: __, ...event } = JSON.parse(payload) as Record<string, unknown>;
  if (event.kind === 'message-previewed') return JSON.stringify({ ...event, preview: null });
  const { message } = event;
  if (typeof message !== 'object' || message === null) return JSON.stringify({ ...event, text: '' });
  return JSON.stringify({ ...event, message: { ...message, text: '', mentions: undefined, attachments: undefined } });
}
