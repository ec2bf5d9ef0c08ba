import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../shared/protocol.ts';
import { type Ledger, openLedger, takeEvent, withPromise } from '../connection/stream-ledger.ts';
import { type Conversation, conversationOf } from '../messages/conversation.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { applyEvent, type Cached } from './cached-data.ts';
import { keptQueries } from './kept-queries.ts';
import { me, type SimulatedLog, simulatedLog } from './testing/simulated-log.ts';

const channels = [1, 2, 3, 4];
const settled = { status: 'success', fetchStatus: 'idle' } as const;

/** A page that read its snapshots at one moment and followed the log up to another. */
function pageAt(log: SimulatedLog, from: number, to: number): Cached[] {
  const state = log.at(log.events[from - 1]?.seq ?? 0);
  const cached: Cached[] = [
    { key: ['workspace'], data: state.workspace },
    ...channels.map(
      (channel): Cached => ({
        key: ['conversation', channel],
        data: conversationOf(state.page({ channel, limit: 5 })),
      }),
    ),
  ];
  return after(cached, log.events.slice(from, to));
}

function after(cached: Cached[], events: LogEvent[]): Cached[] {
  return cached.map((one) => ({
    ...one,
    data: events.reduce((data, event) => applyEvent({ ...one, data } as Cached, event), one.data),
  })) as Cached[];
}

/** Through the device's storage and out of it again. */
function throughStorage(cached: Cached[]): Cached[] {
  const kept = keptQueries(
    cached.map(({ key, data }) => ({ queryKey: key, state: { data, ...settled } })),
    channels,
  );
  return (kept ?? []).map(({ name, data }) => ({ key: JSON.parse(name), data: structuredClone(data) })) as Cached[];
}

const moments = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test('[O.2] [G4] what was kept and the events after it are what a fresh snapshot says', () => {
  fc.assert(
    fc.property(simulatedLog, moments, (log, moment) => {
      const [from, to] = moment.map((at) => Math.min(at, log.events.length)) as [number, number];
      const restored = after(throughStorage(pageAt(log, from, to)), log.events.slice(to));
      const whole = log.at(Number.POSITIVE_INFINITY);
      const dataOf = (...key: unknown[]) =>
        restored.find((one) => JSON.stringify(one.key) === JSON.stringify(key))?.data;
      const workspace = dataOf('workspace') as WorkspaceData;
      expect([...workspace.channels].sort((a, b) => a.id - b.id)).toEqual(whole.workspace.channels);
      expect([workspace.me, workspace.sidebar]).toEqual([whole.workspace.me, whole.workspace.sidebar]);
      // What was posted while I was outside never came; the page drops such a channel when I leave it.
      const left = new Set(log.events.flatMap((event) => (event.kind === 'channel-left' ? [event.channel] : [])));
      for (const { id } of whole.workspace.channels) {
        if (left.has(id)) continue;
        const { messages } = dataOf('conversation', id) as Conversation;
        const all = whole.page({ channel: id, limit: 1_000 }).messages;
        expect(messages).toEqual(all.slice(all.length - messages.length));
        expect(messages.length).toBeGreaterThanOrEqual(Math.min(5, all.length));
      }
    }),
  );
});

test('[O.2] [G4] the proof goes on over the gap: nothing is found missing, and whatever is missing is found', () => {
  fc.assert(
    fc.property(simulatedLog, fc.nat(60), fc.nat(60), (log, at, lost) => {
      const known = log.events.slice(0, at);
      const rest = log.events.slice(at);
      const ledger = structuredClone(
        take(openLedger({ head: 0, heads: { workspace: 0, [`member:${me.id}`]: 0 } }), known),
      );
      if (ledger === undefined) throw new Error('A hole where there is none.');
      const promise = headsOf(log);
      const greeted = withPromise(ledger, promise);
      expect(rest.length > 0 || greeted.kind === 'next').toBe(true);
      if (greeted.kind === 'next') expect(take(greeted.ledger, rest)).toBeDefined();
      const missing = rest[lost % Math.max(1, rest.length)];
      if (missing === undefined || greeted.kind !== 'next') return;
      const incomplete = take(
        greeted.ledger,
        rest.filter((event) => event !== missing),
      );
      const end = incomplete && withPromise({ ...incomplete, position: promise.head }, promise);
      const isInside = promise.heads[missing.stream] !== undefined;
      if (isInside) expect(end?.kind ?? 'hole').toBe('hole');
    }),
  );
});

test('[O.2] what is being read anew may have a hole, and is not kept', () => {
  const cached = [
    { queryKey: ['workspace'], state: { data: {}, ...settled } },
    { queryKey: ['conversation', 1], state: { data: { messages: [] }, ...settled, fetchStatus: 'fetching' as const } },
    { queryKey: ['conversation', 2], state: { data: { messages: [] }, ...settled } },
    { queryKey: ['conversation', 3], state: { data: { messages: [] }, ...settled } },
    { queryKey: ['people', 'a'], state: { data: {}, ...settled } },
  ];
  expect(keptQueries(cached, [1, 2])?.map(({ name }) => name)).toEqual(['["workspace"]', '["conversation",2]']);
  const [workspace, ...others] = cached;
  const stale = { queryKey: ['workspace'], state: { data: {}, ...settled, fetchStatus: 'fetching' as const } };
  expect(workspace && keptQueries([stale, ...others], [1, 2])).toBeUndefined();
});

test('[O.2] it stays small, whatever was written', () => {
  const messages = Array.from({ length: 80 }, (_, id) => ({ id, text: 'x'.repeat(4_000) }));
  const cached = [
    { queryKey: ['workspace'], state: { data: {}, ...settled } },
    ...Array.from({ length: 60 }, (_, channel) => ({
      queryKey: ['conversation', channel],
      state: { data: { messages }, ...settled },
    })),
  ];
  const kept =
    keptQueries(
      cached,
      Array.from({ length: 60 }, (_, channel) => channel),
    ) ?? [];
  expect(kept.length).toBeGreaterThan(5);
  expect(JSON.stringify(kept.map(({ data }) => data)).length).toBeLessThan(2_500_000);
  expect(kept[1]?.data).toMatchObject({ messages: { length: 50 }, older: true });
});

function take(ledger: Ledger, events: LogEvent[]): Ledger | undefined {
  let now = ledger;
  for (const event of events) {
    const verdict = takeEvent(now, event);
    if (verdict.kind === 'hole') return undefined;
    if (verdict.kind === 'next') now = verdict.ledger;
  }
  return now;
}

/** As a hello would give them at the end. */
function headsOf(log: SimulatedLog): { head: number; heads: Record<string, number> } {
  const heads: Record<string, number> = { workspace: 0, [`member:${me.id}`]: 0 };
  for (const event of log.events) {
    heads[event.stream] = event.seq;
    if (event.kind === 'channel-left') delete heads[`channel:${event.channel}`];
  }
  return { head: log.events.at(-1)?.seq ?? 0, heads };
}
