import { expect, test } from 'vitest';
import { mentionSpots, mentionsMany } from './mentions.ts';

const namesIn = (text: string) => mentionSpots(text).map(({ names }) => names.map((name) => name.text));

test('behind an @ every run of whole words may be the name, the longest first', () => {
  expect(namesIn('ask @Ana María now')).toEqual([['Ana María now', 'Ana María', 'Ana']]);
  expect(namesIn('@Ana, hi')).toEqual([['Ana, hi', 'Ana,', 'Ana']]);
  expect(namesIn('@Ana\nhi')).toEqual([['Ana']]);
});

test('an address, a handle in a link and code mention nobody', () => {
  expect(namesIn('a@b.example x/@ana `@ana` @@ana')).toEqual([]);
  expect(namesIn('```\n@channel\n``` ')).toEqual([]);
});

test('[G10] a text full of @ costs a bounded look-up', () => {
  const spots = mentionSpots('@a a a a a a a a a a a a '.repeat(200));
  expect(spots.length * Math.max(...spots.map(({ names }) => names.length))).toBeLessThanOrEqual(160);
});

test('@channel and @here are known in both languages', () => {
  for (const text of ['@channel hi', 'hey @Here', '@canal', '¿@aquí?']) expect(mentionsMany(text)).toBe(true);
  for (const text of ['@channels', 'channel', 'mail@here']) expect(mentionsMany(text)).toBe(false);
});
