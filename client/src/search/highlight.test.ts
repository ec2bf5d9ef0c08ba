import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf, matchesIn, messageExcerpt } from './highlight.ts';

const marked = (text: string, ...words: string[]) =>
  messageExcerpt(
    text,
    words.map((word) => ({ text: word })),
    '[hidden]',
  )
    .map(({ text, found }) => (found ? `<${text}>` : text))
    .join('');

test('[S.8] what was found is marked as it is written, accents, ligatures and all', () => {
  expect(marked('La reunión de mañana', 'REUNION', 'manana')).toBe('La <reunión> de <mañana>');
  expect(marked('srvnagios y Nagios', 'nagios')).toBe('srv<nagios> y <Nagios>');
  expect(marked('Straße', 'strasse')).toBe('<Straße>');
  expect(marked('明天会议室', '会议')).toBe('明天<会议>室');
  expect(marked('mañana', 'manana')).toBe('<mañana>'.normalize('NFC'));
  expect(marked('abcd', 'abc', 'bcd')).toBe('<abcd>');
});

test('[S.8] a long message is shown around its first match, and a spoiler stays one', () => {
  const text = `${'uno dos tres '.repeat(100)}aguja ${'cuatro cinco '.repeat(100)}`;
  const shown = marked(text, 'aguja');
  expect(shown).toMatch(/^….{20,70}<aguja>.*…$/);
  expect(shown.length).toBeLessThan(340);
  expect(marked('el final: ||aguja|| y ya', 'aguja')).toBe('el final: [hidden] y ya');
});

test('[S.8] a message is shown as it is read, without its marks, where the word is in what is read', () => {
  expect(marked('## Práctica\n\nEl **martes** a las `10:00`\n\n- [x] Leer', 'martes')).toBe(
    'Práctica El <martes> a las 10:00 Leer',
  );
  expect(marked('| réplica | p99 |\n| --- | ---: |\n| chat-1 | 12 ms |', 'replica')).toBe(
    '<réplica> · p99 chat-1 · 12 ms',
  );
  expect(marked('```ts\nlet aguja = 1;\n```', 'aguja')).toBe('let <aguja> = 1;');
  expect(marked('[el plan](https://example.org/aguja) y ya', 'plan')).toBe('el <plan> y ya');
  expect(marked('[el plan](https://example.org/aguja)', 'aguja')).toBe('[el plan](https://example.org/<aguja>)');
  expect(marked('**nada**: ||aguja||', 'aguja')).toBe('nada: [hidden]');
  expect(marked('`||` y ||una aguja||', 'aguja')).toBe('|| y [hidden]');
});

test('[S.8] whatever the text and the words, nothing of the text is changed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 4 })),
      (text, words) => {
        const nfc = text.normalize('NFC');
        let end = 0;
        for (const match of matchesIn(
          nfc,
          words.map((word) => ({ text: word })),
        )) {
          expect(match.start).toBeGreaterThanOrEqual(end);
          expect(match.end).toBeGreaterThanOrEqual(match.start);
          end = match.end;
        }
        const whole = excerptOf(
          text,
          words.map((word) => ({ text: word })),
        )
          .map((stretch) => stretch.text)
          .join('');
        expect(whole).toBe(text.replace(/\s+/g, ' ').trim().normalize('NFC'));
      },
    ),
    { numRuns: 1_000 },
  );
});
