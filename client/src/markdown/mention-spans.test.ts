import { expect, test } from 'vitest';
import type { Mentions } from '../../../shared/protocol.ts';
import { type Inline, parseMarkdown } from './markdown.ts';
import { withMentions } from './mention-spans.ts';

function spans(text: string, mentions: Mentions, me = 1): Inline[] {
  const [block] = withMentions(parseMarkdown(text), { mentions, me });
  return block?.kind === 'paragraph' ? block.children : [];
}

test('the longest name that was mentioned is meant, also inside emphasis, and mine is told apart', () => {
  const people = [
    { member: 1, text: 'Ana' },
    { member: 2, text: 'Ana María' },
  ];
  expect(spans('hi @Ana María, **@Ana**!', { people })).toEqual([
    { kind: 'text', text: 'hi ' },
    { kind: 'mention', text: 'Ana María', member: 2, ofMe: false },
    { kind: 'text', text: ', ' },
    { kind: 'strong', children: [{ kind: 'mention', text: 'Ana', member: 1, ofMe: true }] },
    { kind: 'text', text: '!' },
  ]);
});

test('what wasn’t mentioned, is longer than the name, or stands in code stays text', () => {
  const people = [{ member: 2, text: 'Ana' }];
  expect(spans('@Anabel @channel @Bea', { people })).toEqual([{ kind: 'text', text: '@Anabel @channel @Bea' }]);
  expect(spans('`@Ana`', { people })).toEqual([{ kind: 'code', text: '@Ana' }]);
});

test('@channel is of everyone in either language, @here of those who were there', () => {
  expect(spans('@Canal', { people: [], channel: true })).toEqual([{ kind: 'mention', text: 'Canal', ofMe: true }]);
  expect(spans('@aquí', { people: [], here: [1] })).toEqual([{ kind: 'mention', text: 'aquí', ofMe: true }]);
  // Nobody calls themselves.
  expect(spans('@channel', { people: [], channel: true }, 0)).toEqual([
    { kind: 'mention', text: 'channel', ofMe: false },
  ]);
  expect(spans('@here', { people: [], channel: true }, 0)).toEqual([{ kind: 'mention', text: 'here', ofMe: false }]);
  expect(spans('@here', { people: [], here: [2] })).toEqual([{ kind: 'mention', text: 'here', ofMe: false }]);
});
