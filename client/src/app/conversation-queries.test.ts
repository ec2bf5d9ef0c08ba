import { QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../shared/protocol.ts';
import { createSnapshotReader } from '../connection/read-as-of.ts';
import type { Conversation } from '../messages/conversation.ts';
import { applyToCache } from './cached-data.ts';
import {
  closeExcerpt,
  conversationQuery,
  excerptQuery,
  leaveConversation,
  loadNewer,
  loadOlder,
  openExcerpt,
} from './conversation-queries.ts';
import type { Session } from './session.ts';
import { type SimulatedLog, talkativeLog } from './testing/simulated-log.ts';

/** While one reads: the server may be `ahead` of the stream, and events come `during` each question. */
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'live',
      'again',
      'older',
      'older',
      'newer',
      'newer',
      'around',
      'time',
      'close',
      'leave',
      'gap',
    ),
    count: fc.integer({ min: 1, max: 9 }),
    where: fc.double({ min: 0, max: 1, noNaN: true }),
    ahead: fc.integer({ min: 0, max: 3 }),
    during: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 5, maxLength: 30 },
);
const channel = 1;
const limit = { most: 8, kept: 6 };

test('[V.3] [G4] [UX28] the newest messages and an excerpt apart from them have no gap and nothing twice, however one goes about in them', async () => {
  await fc.assert(
    fc.asyncProperty(talkativeLog, steps, async (log, plan) => {
      const { session, position, deliver, skip, between } = sessionOn(log);
      const { queryClient } = session;
      const cached = (kind: string) => queryClient.getQueryData<Conversation>([kind, channel]);
      const refetch = () =>
        Promise.all([
          queryClient.fetchQuery({ ...conversationQuery(session, channel), staleTime: 0 }),
          cached('excerpt') && queryClient.fetchQuery({ ...excerptQuery(session, channel), staleTime: 0 }),
        ]);
      const ids = (messages: Conversation['messages']) => messages.map(({ id }) => id);
      const check = () => {
        const whole = log.at(log.events[position() - 1]?.seq ?? 0).page({ channel, limit: 1_000 }).messages;
        const newest = ids(cached('conversation')?.messages ?? []);
        const all = ids(log.at(Number.POSITIVE_INFINITY).page({ channel, limit: 1_000 }).messages);
        // A page may be ahead of the stream, never behind it.
        expect(newest).toEqual(all.slice(all.indexOf(newest[0] ?? 0), all.indexOf(newest.at(-1) ?? 0) + 1));
        expect(all.indexOf(newest.at(-1) ?? 0)).toBeGreaterThanOrEqual(whole.length - 1);
        const excerpt = cached('excerpt');
        const apart = ids(excerpt?.messages ?? []);
        expect(apart).toEqual(
          apart.length === 0 ? [] : all.slice(all.indexOf(apart[0] ?? 0), all.indexOf(apart.at(-1) ?? 0) + 1),
        );
        if (excerpt && !excerpt.older) expect(apart[0]).toBe(all[0]);
        if (apart.length > 0) expect(apart.length).toBeLessThanOrEqual(limit.most + 50);
      };

      await refetch();
      for (const { kind, count, where, ahead, during } of plan) {
        between(ahead, during);
        const seen = log.at(log.events[position() - 1]?.seq ?? 0).page({ channel, limit: 1_000 }).messages;
        const message = seen[Math.floor(where * seen.length)];
        if (kind === 'live') deliver(position(), position() + count);
        else if (kind === 'again') deliver(position() - count, position());
        else if (kind === 'older') await loadOlder(session, channel, limit);
        else if (kind === 'newer') await loadNewer(session, channel, limit);
        else if (kind === 'around' && message) await openExcerpt(session, channel, { around: message.id });
        else if (kind === 'time' && message) await openExcerpt(session, channel, { aroundTime: message.at });
        else if (kind === 'close') closeExcerpt(session, channel);
        else if (kind === 'leave') leaveConversation(session, channel);
        else if (kind === 'gap') {
          skip(count);
          await refetch();
        }
        check();
      }
      between(0, 0);
      deliver(position(), log.events.length);
      check();
      const everything = log.at(Number.POSITIVE_INFINITY).page({ channel, limit: 1_000 }).messages;
      const { messages: apart = [] } = cached('excerpt') ?? {};
      expect(apart, 'also what was changed or deleted is up to date').toEqual(
        everything.filter(({ id }) => ids(apart).includes(id)),
      );
      // Reading on to the end, an excerpt always becomes one with the newest.
      for (let pages = 0; cached('excerpt') && pages < 60; pages += 1) await loadNewer(session, channel, limit);
      expect(cached('excerpt')).toBeUndefined();
      const whole = log.at(Number.POSITIVE_INFINITY).page({ channel, limit: 1_000 }).messages;
      const { messages = [] } = cached('conversation') ?? {};
      expect(messages).toEqual(whole.slice(whole.length - messages.length));
      queryClient.clear();
    }),
    { numRuns: 150 },
  );
});

/** A page's session on a server that knows the log: three messages a page. */
function sessionOn(log: SimulatedLog) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, structuralSharing: false } } });
  let delivered = 0;
  let plan = { ahead: 0, during: 0 };
  const reader = createSnapshotReader({
    online: () => Promise.resolve(),
    position: () => log.events[delivered - 1]?.seq ?? 0,
  });
  const deliver = (from: number, to: number) => {
    for (const event of log.events.slice(Math.max(0, from), to) as LogEvent[]) {
      reader.note(event);
      applyToCache(queryClient, event);
    }
    delivered = Math.max(delivered, Math.min(log.events.length, to));
  };
  type Query = Parameters<ReturnType<SimulatedLog['at']>['page']>[0];
  const query = async (input: Query) => {
    const head = log.events[Math.min(log.events.length, delivered + plan.ahead) - 1]?.seq ?? 0;
    const answer = log.at(head).page({ ...input, limit: 3 });
    deliver(delivered, delivered + plan.during);
    return answer;
  };
  return {
    session: { queryClient, reader, ask: { messages: { page: { query } } } } as unknown as Session,
    position: () => delivered,
    deliver,
    /** Events that never come: the page is told to resync. */
    skip(count: number) {
      delivered = Math.min(log.events.length, delivered + count);
      reader.forget();
    },
    between(ahead: number, during: number) {
      plan = { ahead, during };
    },
  };
}
