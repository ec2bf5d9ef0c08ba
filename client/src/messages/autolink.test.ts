import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autolink } from './autolink.ts';
import { isEmojiOnly } from './emoji-only.ts';

const links = (text: string) => autolink(text).flatMap(({ href }) => href ?? []);

describe('web addresses in a message', () => {
  test('become links, without the sentence around them', () => {
    expect(autolink('see https://example.org/a?b=1, or (http://example.com/x_(y)).')).toEqual([
      { text: 'see ' },
      { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
      { text: ', or (' },
      { text: 'http://example.com/x_(y)', href: 'http://example.com/x_(y)' },
      { text: ').' },
    ]);
  });

  test('[G10] only http and https do', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd //example.org https:// http://[')).toEqual(
      [],
    );
  });

  test('[G10] a host that only looks like another one, or hides behind a user name, is shown as it is', () => {
    expect(autolink('https://аpple.com/')[0]?.text).toBe('https://xn--pple-43d.com/');
    expect(autolink('https://bank.example@evil.example/')[0]?.text).toBe('https://bank.example@evil.example/');
  });

  test('no letter of the text around them is lost, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replaceAll(/https?:/giu, '');
        expect(
          autolink(plain)
            .map((part) => part.text)
            .join(''),
        ).toBe(plain);
      }),
    );
  });

  test('[G10] a message of nothing but brackets and addresses takes no time', () => {
    const startedAt = performance.now();
    autolink(`https://a/${')'.repeat(4_000)}`);
    autolink('http://'.repeat(570));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

test('[UX23] a few emoji alone are shown large', () => {
  expect(['👍', '👩‍👩‍👧‍👦 🇪🇸', '❤️', '👋🏽👋🏿', '1️⃣'].map(isEmojiOnly)).toEqual([true, true, true, true, true]);
  expect(['', ' ', '1', '#', 'a👍', '👍👍👍👍👍👍👍'].map(isEmojiOnly)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});
