import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedChannel, LogEvent } from '../../../shared/protocol.ts';
import type { Conversation } from '../messages/conversation.ts';
import { conversationOf } from '../messages/conversation.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { applyEvent, type Cached } from './cached-data.ts';
import { me, type SimulatedLog, simulatedLog } from './testing/simulated-log.ts';

/** What can come to the cache: events in order, from a point again and again, and snapshots of any moment. */
type Arrival = { kind: 'live'; count: number } | { kind: 'again'; count: number } | { kind: 'snapshot'; back: number };

const arrivals = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('live' as const), count: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ kind: fc.constant('again' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('snapshot' as const), back: fc.integer({ min: 0, max: 3 }) }),
  ),
  { minLength: 3, maxLength: 30 },
);

type Take = (log: SimulatedLog, seq: number) => Cached;

/** Plays the arrivals as the follower and the reader would, to the end of the log. */
function cacheAfter(log: SimulatedLog, plan: Arrival[], take: Take): Cached['data'] {
  const apply = (cached: Cached, event: LogEvent) => ({ ...cached, data: applyEvent(cached, event) }) as Cached;
  let delivered = 0;
  let cached = take(log, 0);
  const deliver = (from: number, to: number) => {
    cached = log.events.slice(Math.max(0, from), to).reduce(apply, cached);
  };
  for (const arrival of plan) {
    if (arrival.kind === 'live') {
      deliver(delivered, delivered + arrival.count);
      delivered = Math.min(log.events.length, delivered + arrival.count);
    } else if (arrival.kind === 'again') deliver(delivered - arrival.count, delivered);
    else {
      // Asked for `back` events ago: those that came since were buffered, and are applied to the answer.
      const from = Math.max(0, delivered - arrival.back);
      const fresh = take(log, log.events[from - 1]?.seq ?? 0);
      cached = log.events.slice(from, delivered).reduce(apply, fresh);
    }
  }
  deliver(delivered, log.events.length);
  return cached.data;
}

const byId = <T extends { id: number }>(things: T[]) => [...things].sort((a, b) => a.id - b.id);

test('[G4] the workspace ends as the log has it, whatever way its events and snapshots came', () => {
  fc.assert(
    fc.property(simulatedLog, arrivals, (log, plan) => {
      const take: Take = (from, seq) => ({ key: ['workspace'], data: from.at(seq).workspace });
      const data = cacheAfter(log, plan, take) as WorkspaceData;
      const whole = log.at(Number.POSITIVE_INFINITY).workspace;
      expect(byId(data.channels)).toEqual(whole.channels);
      expect(data.sidebar).toEqual(whole.sidebar);
      expect(data.notices).toEqual(whole.notices);
      expect(data.me).toEqual(whole.me);
    }),
  );
});

test('[G4] so does the directory of channels', () => {
  fc.assert(
    fc.property(simulatedLog, arrivals, (log, plan) => {
      const take: Take = (from, seq) => ({ key: ['directory', me.id], data: from.at(seq).directory });
      const data = cacheAfter(log, plan, take) as ReturnType<SimulatedLog['at']>['directory'];
      // How many are in a private one that I come into isn't told; it is asked for whenever somebody looks.
      const counted = (channel: ListedChannel) => (channel.private ? { ...channel, members: 0 } : channel);
      const whole = log.at(Number.POSITIVE_INFINITY).directory.channels;
      expect(byId(data.channels).map(counted)).toEqual(whole.map(counted));
    }),
  );
});

test('[G2] [G3] [G4] a conversation ends with the newest messages of the log, each once, in its order, without a gap', () => {
  fc.assert(
    fc.property(simulatedLog, arrivals, fc.integer({ min: 1, max: 6 }), (log, plan, pageSize) => {
      const take: Take = (from, seq) => ({
        key: ['conversation', 1],
        data: conversationOf(from.at(seq).page({ channel: 1, limit: pageSize })),
      });
      const data = cacheAfter(log, plan, take) as Conversation;
      const { messages: whole, people } = log.at(Number.POSITIVE_INFINITY).page({ channel: 1, limit: 1_000 });
      for (const person of Object.values(data.people)) expect(people).toContainEqual(person);
      // What was posted while I was outside never came as an event; the page is dropped on leaving and read anew.
      fc.pre(!log.events.some(({ kind }) => kind === 'channel-left'));
      expect(data.messages).toEqual(whole.slice(whole.length - data.messages.length));
      expect(data.messages.length).toBeGreaterThanOrEqual(Math.min(pageSize, whole.length));
    }),
  );
});
