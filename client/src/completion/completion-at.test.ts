import { expect, test } from 'vitest';
import { completionAt } from './completion-at.ts';

const at = (text: string) => completionAt(text, text.length);

test('[UX22] [UX23] a sign at the beginning of a word asks for completion, with what is typed behind it', () => {
  expect(at('@')).toEqual({ sign: '@', query: '', start: 0 });
  expect(at('hi @Ana Ma')).toEqual({ sign: '@', query: 'Ana Ma', start: 3 });
  expect(at('¿(#gar')).toEqual({ sign: '#', query: 'gar', start: 2 });
  expect(at('line\nyes :cora')).toEqual({ sign: ':', query: 'cora', start: 9 });
  expect(at('@Ana in #gen')).toEqual({ sign: '#', query: 'gen', start: 8 });
  expect(completionAt('@Al and more', 3)).toEqual({ sign: '@', query: 'Al', start: 0 });
});

test('addresses, times, headings and code ask for none', () => {
  for (const text of ['ana@example', 'https://a', '10:30', ':)', ':d', '# Title', 'a#b', '`@a', '```\n@a', '@a\nb'])
    expect(at(text), text).toBeUndefined();
  expect(at(`@${'x'.repeat(60)}`)).toBeUndefined();
  expect(at('`a` @b')).toMatchObject({ query: 'b' });
});
