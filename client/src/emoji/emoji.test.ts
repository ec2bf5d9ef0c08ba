import { describe, expect, test } from 'vitest';
import { emojiTable } from '../../emoji-table.ts';
import { spanishWords } from '../../emoji-words.ts';
import { emojiSetOf, shortcodeOf, shownShortcode } from './emoji.ts';
import { columns, emojiSections, stepFrom } from './emoji-rows.ts';
import { replaceShortcodes } from './replace-shortcodes.ts';
import { searchEmoji } from './search-emoji.ts';

const set = emojiSetOf(emojiTable());
const found = (query: string) => searchEmoji(set, query, 'en', 8).map(({ emoji }) => emoji);

describe('[UX23] shortcodes', () => {
  const replaced = (text: string) => replaceShortcodes(text, set);

  test('are taken in Spanish and in English, with accents or without', () => {
    expect(replaced(':tada: :corazon_rojo: :corazón_rojo: :red_heart: :+1: :thumbsup:')).toBe('🎉 ❤️ ❤️ ❤️ 👍️ 👍️');
    expect(replaced('¡bien!:fiesta:ya')).toBe('¡bien!🎉ya');
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
    for (const emoji of set.all)
      for (const { folded } of [...emoji.shortcodes.en, ...emoji.shortcodes.es])
        expect(set.byShortcode.get(folded), folded).toBe(emoji);
  });

  test('are the words that people know, in Spanish too', () => {
    expect(replaced(':sonrisa: :corazon: :corazón: :risa: :fiesta: :aplauso: :pulgar_arriba:')).toBe(
      '😄 ❤️ ❤️ 😂 🎉 👏 👍️',
    );
    expect(replaced(':smile: :joy: :heart: :fire: :eyes: :pray: :clap: :rocket: :thinking: :pencil: :100:')).toBe(
      '😄 😂 ❤️ 🔥 👀 🙏 👏 🚀 🤔 📝 💯',
    );
    const bare = (emoji: string | undefined) => emoji?.replaceAll('\uFE0F', '');
    for (const [emoji, words] of Object.entries(spanishWords))
      for (const word of words.split(' '))
        expect([word, bare(set.byShortcode.get(shortcodeOf(word))?.emoji)]).toEqual([word, bare(emoji)]);
  });

  test('are offered in the language that is read, the shortest first, as they were typed', () => {
    const offered = (query: string, language: 'en' | 'es') =>
      searchEmoji(set, query, language, 3).map((emoji) => `${emoji.emoji} ${shownShortcode(emoji, query, language)}`);
    expect(offered('smi', 'en')[0]).toBe('😄 :smile:');
    expect(offered('son', 'es')[0]).toBe('😄 :sonrisa:');
    expect(offered('coraz', 'es')[0]).toBe('❤️ :corazón:');
    expect(offered('thumbsu', 'es')[0]).toBe('👍️ :thumbsup:');
    expect(offered('pulgar', 'en')[0]).toBe('👍️ :pulgar:');
    const party = set.byShortcode.get('tada');
    expect(party && [shownShortcode(party, '', 'en'), shownShortcode(party, '', 'es')]).toEqual([':tada:', ':fiesta:']);
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
  const sections = emojiSections(set, '', 'en', ['🎉', '👋🏽']);
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
