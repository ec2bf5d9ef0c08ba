import { expect, test } from 'vitest';
import { isEmojiOnly } from './emoji-only.ts';

test('[UX23] a few emoji alone are shown large', () => {
  const few = ['👍', '👩‍👩‍👧‍👦 🇪🇸', '❤️', '👋🏽👋🏿', '1️⃣'];
  expect(few.map(isEmojiOnly)).toEqual(few.map(() => true));
  const others = ['', ' ', '1', '#', 'a👍', '👍👍👍👍👍👍👍'];
  expect(others.map(isEmojiOnly)).toEqual(others.map(() => false));
});
