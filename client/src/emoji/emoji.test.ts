import { describe, expect, test } from 'vitest';
import { emojiTable } from '../../emoji-table.ts';
import { emojiSetOf } from './emoji.ts';
import { columns, emojiSections, stepFrom } from './emoji-rows.ts';
import { replaceShortcodes } from './replace-shortcodes.ts';
import { searchEmoji } from './search-emoji.ts';

const set = emojiSetOf(emojiTable());
const found = (query: string) => searchEmoji(set, query, 8).map(({ emoji }) => emoji);

describe('[UX23] shortcodes', () => {
  const replaced = (text: string) => replaceShortcodes(text, set);

  test('are taken in Spanish and in English, with accents or without', () => {
    expect(replaced(':tada: :corazon_rojo: :corazón_rojo: :red_heart: :+1: :thumbsup:')).toBe('🎉 ❤️ ❤️ ❤️ 👍️ 👍️');
    expect(replaced('¡bien!:fiesta:ya')).toBe('¡bien!:fiesta:ya');
  });

  test('stay as they are in code and addresses, escaped, or unknown', () => {
    for (const text of [
      '`:tada:`',
      '```\n:tada:\n```',
      'https://a.example/:tada:',
      '\\:tada:',
      ':no_such_thing:',
      '10:30:45',
    ])
      expect(replaced(text)).toBe(text);
    expect(replaced('`a` :tada: ```:tada:``` :tada:')).toBe('`a` 🎉 ```:tada:``` 🎉');
  });

  test('lead to one emoji each, whichever language is chosen', () => {
    const both = set.all.filter(({ shortcodes }) => shortcodes.every((code) => set.byShortcode.has(code)));
    expect(both).toHaveLength(set.all.length);
  });
});

describe('[UX23] the search', () => {
  test('understands both languages, ignores accents, and puts the closest first', () => {
    expect(found('tada')[0]).toBe('🎉');
    expect(found('corazon rojo')[0]).toBe('❤️');
    expect(found('CORAZÓN')).toContain('💖');
    expect(found('perro')).toEqual(expect.arrayContaining(['🐶']));
    expect(found('dog')).toEqual(expect.arrayContaining(['🐶']));
    expect(found('zzzz')).toEqual([]);
    expect(found(' ')).toEqual([]);
  });
});

test('[A.1] arrows go through every emoji of the picker and back, row by row', () => {
  const sections = emojiSections(set, '', ['🎉', '👋🏽']);
  expect(sections[0]?.emoji.map(({ emoji }) => emoji)).toEqual(['🎉', '👋']);
  const total = sections.reduce((sum, { emoji }) => sum + emoji.length, 0);
  let place = { section: 0, index: 0 };
  const seen = new Set<string>();
  for (let step = 0; step < total; step += 1) {
    seen.add(JSON.stringify(place));
    place = stepFrom(sections, place, 'ArrowRight');
  }
  expect(seen.size).toBe(total);
  expect(stepFrom(sections, place, 'ArrowRight')).toEqual(place);

  const down = stepFrom(sections, { section: 0, index: 1 }, 'ArrowDown');
  expect(down).toEqual({ section: 1, index: 1 });
  expect(stepFrom(sections, { section: 1, index: 1 }, 'ArrowDown')).toEqual({ section: 1, index: 1 + columns });
  expect(stepFrom(sections, { section: 1, index: 5 }, 'ArrowUp')).toEqual({ section: 0, index: 1 });
});
