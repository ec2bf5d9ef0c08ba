import { expect, test } from 'vitest';
import type { LogEvent, Message } from '../../../shared/protocol.ts';
import { applyToSearch, type SearchData, withMore } from './search-data.ts';

const message = (id: number, channel = 1): Message => ({
  ...{ id, channel, number: id, author: 1, clientId: 'c'.repeat(22), text: `text ${id}`, at: id, replica: 'chat-1' },
});
const data = (ids: number[], next?: number): SearchData => ({
  ...{ cursor: 100, messages: ids.map((id) => message(id)), people: {}, next },
});
const event = (seq: number, body: object) =>
  ({ seq, stream: 'channel:1', previous: 0, at: 0, replica: 'chat-1', ...body }) as unknown as LogEvent;
const ids = ({ messages }: SearchData) => messages.map(({ id }) => id);

test('[S.5] what is deleted, or in a channel that one has left, goes from what was found; an edit changes it', () => {
  const found = { ...data([9, 7, 5]), messages: [message(9), message(7, 2), message(5)] };
  const deletion = event(101, { kind: 'message-deleted', channel: 1, message: 9, by: 1, emptied: [] });
  expect(ids(applyToSearch(found, deletion))).toEqual([7, 5]);
  expect(applyToSearch(applyToSearch(found, deletion), deletion)).toEqual(applyToSearch(found, deletion));
  expect(ids(applyToSearch(found, event(102, { kind: 'channel-left', channel: 2 })))).toEqual([9, 5]);
  // Of before the answer: one may be back in it since.
  expect(ids(applyToSearch(found, event(99, { kind: 'channel-left', channel: 2 })))).toEqual([9, 7, 5]);
  const edit = event(103, { kind: 'message-edited', channel: 1, message: 5, text: 'other' });
  expect(applyToSearch(found, edit).messages[2]?.text).toBe('other');
  expect(applyToSearch(found, event(104, { kind: 'channel-left', channel: 3 }))).toBe(found);
});

test('[S.3] a further page comes behind, and what is in both is there once', () => {
  const both = withMore(data([9, 7], 7), data([7, 5], 5));
  expect(ids(both)).toEqual([9, 7, 5]);
  expect(both.next).toBe(5);
});
