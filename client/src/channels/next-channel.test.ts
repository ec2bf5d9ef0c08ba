import { expect, test } from 'vitest';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { nextChannel } from './next-channel.ts';

const channel = (id: number, unread: number, muted = false) =>
  ({ id, lastNumber: unread, readNumber: 0, membership: { muted } }) as JoinedChannel;
const channels = [channel(1, 0), channel(2, 3), channel(3, 0), channel(4, 1, true), channel(5, 2)];

test('one goes up and down the sidebar as far as it goes', () => {
  expect(nextChannel(channels, 1, 1, false)).toBe(2);
  expect(nextChannel(channels, 1, -1, false)).toBeUndefined();
  expect(nextChannel(channels, 5, 1, false)).toBeUndefined();
  expect(nextChannel(channels, undefined, 1, false)).toBe(1);
});

test('and to what is unread all the way round, past what is muted', () => {
  expect(nextChannel(channels, 2, 1, true)).toBe(5);
  expect(nextChannel(channels, 5, 1, true)).toBe(2);
  expect(nextChannel(channels, 2, -1, true)).toBe(5);
  expect(nextChannel(channels, undefined, -1, true)).toBe(5);
  expect(nextChannel([channel(1, 0), channel(2, 1)], 2, 1, true)).toBeUndefined();
  expect(nextChannel([], undefined, 1, true)).toBeUndefined();
});
