import { expect, test } from 'vitest';
import { tokensOf } from './search-tokens.ts';

const wordsOf = (text: string) => tokensOf({ id: 1, channel: 1, author: 1, text, files: '[]' }).words;

test('[S.2] what a sign joins is found whole', () => {
  expect(wordsOf('v1.2.3 at 10:30, not...this')).toEqual(expect.arrayContaining(['v1.2.3', '10:30', 'not', 'this']));
});

test('[G10] a word without end takes time by its length, not by its square', () => {
  // By the square this would take minutes.
  for (const letter of ['a', '漢', '7']) wordsOf(letter.repeat(200_000));
});
