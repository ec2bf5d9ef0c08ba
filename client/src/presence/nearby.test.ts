import { expect, test } from 'vitest';
import { nearbyAfter, nobodyNearby, typingShownMs, withoutExpired, withoutTyping } from './nearby.ts';

const typing = (member: number, thread?: number) =>
  ({
    kind: 'typing',
    channel: 1,
    member,
    name: `Person ${member}`,
    ...(thread === undefined ? {} : { thread }),
  }) as const;
const writing = (nearby: typeof nobodyNearby) => nearby.typing.map(({ member, thread }) => [member, thread]);

test('[P.1] [UX30] typing goes five seconds after it was last said, each place apart', () => {
  let nearby = nearbyAfter(nobodyNearby, typing(2), 0);
  nearby = nearbyAfter(nearby, typing(2, 7), 0);
  nearby = nearbyAfter(nearby, typing(2), 3_000);
  expect(writing(nearby)).toEqual([
    [2, 7],
    [2, undefined],
  ]);
  nearby = withoutExpired(nearby, typingShownMs);
  expect(writing(nearby)).toEqual([[2, undefined]]);
  expect(withoutExpired(nearby, typingShownMs)).toBe(nearby);
  expect(writing(withoutExpired(nearby, 3_000 + typingShownMs))).toEqual([]);
});

test('[P.1] whoever sends, or goes offline, types no more', () => {
  const nearby = [typing(2), typing(3), typing(3, 7)].reduce((so, told) => nearbyAfter(so, told, 0), nobodyNearby);
  expect(writing(withoutTyping(nearby, { channel: 1, member: 3 }))).toEqual([
    [2, undefined],
    [3, 7],
  ]);
  expect(writing(nearbyAfter(nearby, { kind: 'presence-changed', online: [], offline: [3] }, 1))).toEqual([
    [2, undefined],
  ]);
});

test('[P.2] who is online is replaced by everyone who is, and changed by what changes', () => {
  let nearby = nearbyAfter(nobodyNearby, { kind: 'present', online: [1, 2] }, 0);
  nearby = nearbyAfter(nearby, { kind: 'presence-changed', online: [3], offline: [1] }, 0);
  expect([...nearby.online].sort()).toEqual([2, 3]);
  expect([...nearbyAfter(nearby, { kind: 'present', online: [4] }, 0).online]).toEqual([4]);
});
