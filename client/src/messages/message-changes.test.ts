import { expect, test } from 'vitest';
import type { LogEvent, Message } from '../../../shared/protocol.ts';
import { changedBy } from './conversation.ts';
import { messageAfter } from './message-changes.ts';

const message: Message = {
  ...{ id: 10, channel: 1, number: 1, author: 1, clientId: 'c', text: 'first', at: 0, replica: 'chat-1' },
};
const ana = { id: 1, name: 'Ana', role: 'member' } as const;
const event = (seq: number, body: object) =>
  ({
    seq,
    at: seq,
    stream: 'channel:1',
    previous: 0,
    replica: 'chat-2',
    channel: 1,
    message: 10,
    ...body,
  }) as unknown as LogEvent;
const react = (seq: number, on: boolean) => event(seq, { kind: 'reaction-set', emoji: '👍', member: ana, on });

test('[G4.5] what a page of history had already changes nothing when its event comes after it', () => {
  const edited = messageAfter(message, event(12, { kind: 'message-edited', text: 'second' }));
  expect(edited).toEqual({ ...message, text: 'second', editedAt: 12, changedSeq: 12 });
  expect(messageAfter(edited, event(12, { kind: 'message-edited', text: 'second' }))).toBe(edited);
  expect(messageAfter(edited, event(11, { kind: 'message-edited', text: 'between' }))).toBe(edited);
});

test('[G6.8] of a deleted message nothing is left but its place', () => {
  const had = [event(11, { kind: 'message-edited', text: 'secret' }), react(12, true)].reduce(messageAfter, message);
  const after = messageAfter(had, event(13, { kind: 'message-deleted', by: 2, emptied: [10, 11] }));
  expect(after).toEqual({ ...message, text: '', deletedBy: 2, changedSeq: 13 });
});

test('reactions are set, not toggled, and who reacts gets a name', () => {
  const conversation = { cursor: 10, messages: [message], people: {}, older: false, newer: false };
  const set = [react(11, true), react(12, true)].reduce(changedBy, conversation);
  expect(set.messages[0]?.reactions).toEqual([{ emoji: '👍', member: 1 }]);
  expect(set.people).toEqual({ 1: ana });
  expect(changedBy(set, react(13, false)).messages[0]).not.toHaveProperty('reactions');
  expect(changedBy(set, event(14, { kind: 'message-edited', message: 99, text: 'x' }))).toBe(set);
});
