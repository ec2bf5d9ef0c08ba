import { describe, expect, test } from 'vitest';
import type { Message, Person } from '../../../shared/protocol.ts';
import { firstUnread, messageRows } from './message-rows.ts';
import type { OutboxEntry } from './outbox.ts';

const me: Person = { id: 1, name: 'Me', role: 'member' };
const ana: Person = { id: 2, name: 'Ana', role: 'member' };
const noon = new Date(2026, 4, 12, 12).getTime();
const minute = 60_000;

function message(number: number, author: Person, at: number): Message {
  const clientId = `c${number}`;
  return { id: number * 10, channel: 1, number, author: author.id, clientId, text: `${number}`, at, replica: 'chat-1' };
}

function rowsOf(messages: Message[], options: { waiting?: OutboxEntry[]; readNumber?: number; start?: number } = {}) {
  const conversation = { cursor: 0, messages, people: { 1: me, 2: ana }, older: false, newer: false };
  const range = { start: options.start ?? 0, end: messages.length };
  const { waiting = [], readNumber } = options;
  const unreadId = firstUnread(messages, me.id, readNumber);
  const days = messageRows({ conversation, range, waiting, me, unreadId, unknownAuthor: 'Someone' });
  return { days, rows: days.flatMap(({ rows }) => rows) };
}

describe('the rows of a conversation', () => {
  test('[UX24] group by author within five minutes', () => {
    const messages = [
      message(1, ana, noon),
      message(2, ana, noon + 4 * minute),
      message(3, ana, noon + 9 * minute),
      message(4, me, noon + 9 * minute),
    ];
    expect(rowsOf(messages).rows.map(({ startsGroup }) => startsGroup)).toEqual([true, false, true, true]);
  });

  test('[UX24] a day breaks the group, and every day has its divider', () => {
    const midnight = new Date(2026, 4, 13).getTime();
    const { days, rows } = rowsOf([message(1, ana, midnight - minute), message(2, ana, midnight + minute)]);
    expect(days).toHaveLength(2);
    expect(rows[1]?.startsGroup).toBe(true);
  });

  test('a clock that ran behind opens no second divider for a day that has passed', () => {
    const midnight = new Date(2026, 4, 13).getTime();
    expect(rowsOf([message(1, ana, midnight + 5), message(2, me, midnight - 5)]).days).toHaveLength(1);
  });

  test('[UX26] the unread line stands before the first unread message of somebody else, and breaks the group', () => {
    const messages = [message(1, ana, noon), message(2, me, noon), message(3, ana, noon), message(4, ana, noon)];
    const { rows } = rowsOf(messages, { readNumber: 1 });
    expect(rows.map(({ startsUnread }) => startsUnread)).toEqual([false, false, true, false]);
    expect(
      rowsOf([message(1, ana, noon), message(2, me, noon)], { readNumber: 1 }).rows.some((row) => row.startsUnread),
    ).toBe(false);
  });

  test('[UX26] no line is drawn where the first unread message is not loaded', () => {
    expect(rowsOf([message(8, ana, noon)], { readNumber: 3 }).rows[0]?.startsUnread).toBe(false);
  });

  test('[UX11] a message on its way and the same one in the log share their key, and stand there once', () => {
    const entry: OutboxEntry = {
      clientId: 'c2',
      channel: 1,
      text: '2',
      at: noon,
      order: 1,
      state: { kind: 'sending' },
    };
    const before = rowsOf([message(1, ana, noon)], { waiting: [entry] }).rows;
    const after = rowsOf([message(1, ana, noon), message(2, me, noon)], { waiting: [entry] }).rows;
    expect(before.map(({ key }) => key)).toEqual(after.map(({ key }) => key));
    expect(before[1]?.message).toBeUndefined();
    expect(after[1]?.entry).toBeUndefined();
  });

  test('what stands above the shown part still decides whether a group starts', () => {
    const messages = [message(1, ana, noon), message(2, ana, noon + 1)];
    expect(rowsOf(messages, { start: 1 }).rows[0]?.startsGroup).toBe(false);
  });
});
