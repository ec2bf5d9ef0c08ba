import { expect, test } from 'vitest';
import type { LogEvent } from '../../../../shared/protocol.ts';
import { isSeen, pauseBefore, replay } from './replay-state.ts';

const posted = (id: number, text: string, at = id * 1_000) =>
  ({
    kind: 'message-posted',
    at,
    seq: id,
    author: { name: 'Ana' },
    message: { id, at, text, replica: 'chat-1' },
  }) as LogEvent;
const edited = (message: number, text: string) => ({ kind: 'message-edited', at: 9_000, message, text }) as LogEvent;
const deleted = (message: number) => ({ kind: 'message-deleted', at: 9_000, message }) as LogEvent;
const reacted = (message: number, emoji: string, member: number, on: boolean) =>
  ({ kind: 'reaction-set', at: 9_000, message, emoji, member: { id: member }, on }) as LogEvent;

const shown = (events: LogEvent[]) =>
  [...replay(events).values()].map(({ text, edited: changed, gone, reactions }) => ({
    ...{ text, changed, gone },
    reactions: [...reactions].map(([emoji, members]) => `${emoji} ${members.size}`),
  }));

test('[C.8] each moment of the log shows what there was to be seen then', () => {
  const events = [posted(1, 'one'), posted(2, 'two'), edited(1, 'uno'), reacted(2, '👍', 7, true), deleted(2)];
  const plain = { changed: false, gone: false, reactions: [] };
  expect(shown(events.slice(0, 2))).toEqual([
    { text: 'one', ...plain },
    { text: 'two', ...plain },
  ]);
  expect(shown(events.slice(0, 4))).toEqual([
    { text: 'uno', ...plain, changed: true },
    { text: 'two', ...plain, reactions: ['👍 1'] },
  ]);
  expect(shown(events)[1]).toEqual({ text: '', ...plain, gone: true });
  expect(shown([...events.slice(0, 4), reacted(2, '👍', 7, false)])[1]?.reactions).toEqual([]);
});

test('[C.8] what was deleted since is gone from its beginning on', () => {
  expect(shown([posted(1, ''), edited(1, ''), deleted(1)].slice(0, 2))).toEqual([
    { text: '', changed: false, gone: true, reactions: [] },
  ]);
});

test('[C.8] long silences are cut short, and the rest goes as fast as is wished', () => {
  const events = [posted(1, 'a', 1_000), posted(2, 'b', 2_000), posted(3, 'c', 3_600_000)];
  expect([1, 2].map((index) => pauseBefore(events, index, 1))).toEqual([1_000, 3_000]);
  expect(pauseBefore(events, 1, 10)).toBe(100);
  expect(pauseBefore(events, 0, 1)).toBe(40);
  expect(isSeen({ kind: 'channel-member-joined' } as LogEvent)).toBe(false);
});
