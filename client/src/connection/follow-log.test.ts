import { afterEach, expect, test } from 'vitest';
import type { Frame, LogEvent } from '../../../shared/protocol.ts';
import type { Ask } from '../wire/ask.ts';
import { followLog, type LogFollower, type Reached } from './follow-log.ts';

type Handlers = { onData(frame: { id: string; data: Frame }): void; onError(error: unknown): void };

const log = 'abcdefghijkl';
let follower: LogFollower | undefined;
afterEach(() => follower?.stop());

/** A server's side of the subscription, by hand. */
function start(from?: Reached) {
  const subscriptions: { lastEventId: string | null; handlers: Handlers; open: boolean }[] = [];
  const subscribe = (input: { lastEventId: string | null }, handlers: Handlers) => {
    const subscription = { lastEventId: input.lastEventId, handlers, open: true };
    subscriptions.push(subscription);
    return {
      unsubscribe() {
        subscription.open = false;
      },
    };
  };
  const events: number[] = [];
  const resyncs: number[] = [];
  const strangers: number[] = [];
  follower = followLog(
    { events: { subscribe } } as unknown as Ask,
    {
      onEvent: ({ seq }) => events.push(seq),
      onResync: () => resyncs.push(events.length),
      onStranger: () => strangers.push(events.length),
    },
    { me: 1, from },
  );
  const tell = (seq: number, frame: object) =>
    subscriptions.at(-1)?.handlers.onData({ id: `${log}.${seq}`, data: frame as Frame });
  const hello = (seq: number, head: number, heads: object) =>
    tell(seq, { kind: 'hello', protocol: 1, version: '1', log, replica: 'chat-2', member: 1, head, heads });
  const event = (seq: number, previous: number) =>
    tell(seq, {
      kind: 'member-joined',
      seq,
      previous,
      stream: 'workspace',
      at: 0,
      replica: 'chat-1',
    } as unknown as LogEvent);
  return { follower, subscriptions, events, resyncs, strangers, tell, hello, event };
}

test('[G4] the hello makes it online, and events pass through once, in order', () => {
  const { follower, events, hello, event } = start();
  hello(5, 5, { workspace: 5 });
  expect(follower.state.get()).toMatchObject({ kind: 'online', replica: 'chat-2', log });
  event(6, 5);
  event(6, 5);
  event(9, 6);
  expect(events).toEqual([6, 9]);
  expect(follower.proof.get()).toEqual({ position: 9, missing: 0, mended: 0, events: 2, streams: 1 });
});

test('[G4] a hole is mended by subscribing again from before it, and only then passed on', () => {
  const { follower, subscriptions, events, hello, event } = start();
  hello(5, 5, { workspace: 5 });
  event(8, 7);
  expect(subscriptions).toMatchObject([{ open: false }, { lastEventId: `${log}.5`, open: true }]);
  expect(follower.proof.get()).toMatchObject({ position: 5, missing: 1, mended: 1 });
  hello(5, 8, { workspace: 8 });
  event(7, 5);
  event(8, 7);
  expect(events).toEqual([7, 8]);
  expect(follower.proof.get()).toMatchObject({ position: 8, missing: 0, mended: 1 });
});

test('[G4] a hole that shows again makes it take everything anew', () => {
  const { follower, subscriptions, resyncs, hello, event } = start();
  hello(5, 5, { workspace: 5 });
  event(8, 7);
  hello(5, 8, { workspace: 8 });
  event(8, 7);
  expect(subscriptions.at(-1)?.lastEventId).toBeNull();
  hello(8, 8, { workspace: 8 });
  expect(resyncs).toHaveLength(1);
  expect(follower.proof.get()).toMatchObject({ position: 8, missing: 0 });
});

test('[G4] a lost last event shows at the heartbeat', () => {
  const { subscriptions, hello, tell } = start();
  hello(5, 5, { workspace: 5 });
  hello(5, 9, { workspace: 9 });
  tell(9, { kind: 'heartbeat' });
  expect(subscriptions).toHaveLength(2);
});

test('[G4] a resync, and another log, make it take new snapshots and go on from there', () => {
  const { resyncs, events, hello, tell, event } = start();
  hello(5, 5, { workspace: 5 });
  tell(50, { kind: 'resync', head: 50, heads: { workspace: 44 } });
  expect(resyncs).toHaveLength(1);
  event(51, 44);
  expect(events).toEqual([51]);
});

test('[O.2] it goes on where an earlier page had come to, with the same proof', () => {
  const first = start();
  first.hello(5, 5, { workspace: 5 });
  first.event(6, 5);
  const from = first.follower.reached();
  expect(from?.ledger.position).toBe(6);
  const { follower, subscriptions, events, hello, event } = start(from);
  expect(subscriptions[0]?.lastEventId).toBe(`${log}.6`);
  expect(follower.proof.get()).toMatchObject({ position: 6, missing: 0, mended: 0 });
  hello(6, 9, { workspace: 9 });
  event(9, 7);
  expect([events, subscriptions.length]).toEqual([[], 2]);
  hello(6, 9, { workspace: 9 });
  event(7, 6);
  event(9, 7);
  expect(events).toEqual([7, 9]);
});

test('[O.3] it ends where another log answers, or takes me for somebody else', () => {
  const first = start();
  first.hello(5, 5, { workspace: 5 });
  const from = { log: 'zzzzzzzzzzzz', ledger: first.follower.reached()?.ledger as Reached['ledger'] };
  const other = start(from);
  other.hello(5, 5, { workspace: 5 });
  expect([other.strangers.length, other.follower.state.get().kind]).toEqual([1, 'signed-out']);
  const third = start();
  third.tell(5, { kind: 'hello', protocol: 1, version: '1', log, replica: 'chat-2', member: 2, head: 5, heads: {} });
  expect([third.strangers.length, third.follower.state.get().kind]).toEqual([1, 'signed-out']);
});

test('[G9.3] kinds that it does not know pass without harm', () => {
  const { follower, events, hello, tell, event } = start();
  hello(5, 5, { workspace: 5 });
  tell(5, { kind: 'from-the-future' });
  tell(6, { kind: 'also-new', seq: 6, previous: 5, stream: 'workspace', at: 0, replica: 'chat-1' });
  event(7, 6);
  expect(events).toEqual([6, 7]);
  expect(follower.state.get().kind).toBe('online');
});

test('[G6.4] a session that is over ends it', () => {
  const { follower, subscriptions } = start();
  subscriptions[0]?.handlers.onError({ data: { reason: 'not-signed-in' } });
  expect(follower.state.get().kind).toBe('signed-out');
  expect(subscriptions).toMatchObject([{ open: false }]);
});
