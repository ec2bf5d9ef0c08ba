import { expect, test } from 'vitest';
import { createWaitingRoom } from './waiting-room.ts';

test('those who wait are called in the order in which they came', () => {
  const room = createWaitingRoom(10);
  const called: string[] = [];
  const waiters = ['first', 'second', 'third'].map((name) => ({ called: () => called.push(name), timedOut() {} }));
  for (const waiter of waiters) room.enter(waiter, 60_000);
  if (waiters[1] !== undefined) room.leave(waiters[1]);
  room.callAll();
  expect(called).toEqual(['first', 'third']);
  expect(room.size).toBe(0);
});

test('one who waits again while being called is not called twice', () => {
  const room = createWaitingRoom(10);
  let calls = 0;
  const waiter = {
    called() {
      calls += 1;
      room.enter(waiter, 60_000);
    },
    timedOut() {},
  };
  room.enter(waiter, 60_000);
  room.callAll();
  expect([calls, room.size]).toEqual([1, 1]);
  room.refuseAll();
});

test('nobody waits longer than agreed, and nobody enters a full room', async () => {
  const room = createWaitingRoom(1);
  const outcome = await new Promise<string>((resolve) => {
    room.enter({ called: () => resolve('called'), timedOut: () => resolve('timed out') }, 10);
    expect(room.enter({ called() {}, timedOut() {} }, 10)).toBe(false);
  });
  expect([outcome, room.size]).toEqual(['timed out', 0]);
});
