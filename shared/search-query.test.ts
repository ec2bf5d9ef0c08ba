import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEmptySearch, readSearch, searchParts } from './search-query.ts';
import { foldText, foldWithPlaces, piecesOf } from './search-text.ts';

const now = new Date(2026, 10, 25, 12);
const read = (typed: string) => readSearch(searchParts(typed), now).query;
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

test('[S.2] words, phrases and exclusions are told apart', () => {
  expect(read('informe "fin de mes" -borrador - -"muy viejo"').words).toEqual([
    { text: 'informe' },
    { text: 'fin de mes', exact: true },
    { text: 'borrador', excluded: true },
    { text: '-' },
    { text: 'muy viejo', exact: true, excluded: true },
  ]);
  expect(read('https://a.example/x note: c++').words.map(({ text }) => text)).toEqual([
    'https://a.example/x',
    'note:',
    'c++',
  ]);
});

test('[S.2] filters are known in both languages, with and without accents, and their values may be quoted', () => {
  const english = read('from:ana in:#general has:link before:2026-03-01 after:2025 hola');
  expect(english).toEqual({
    words: [{ text: 'hola' }],
    from: ['ana'],
    in: ['#general'],
    has: ['link'],
    after: day(2026, 1, 1),
    before: day(2026, 3, 1),
  });
  for (const after of ['después', 'despues', 'Despue\u0301s'])
    expect(read(`De:ana EN:#general tiene:enlace antes:1/3/2026 ${after}:2025 hola`)).toEqual(english);
  expect(read('from: "Ana María" from:Bea').from).toEqual(['Ana María', 'Bea']);
  expect(read('día:hoy')).toMatchObject({ after: day(2026, 11, 25), before: day(2026, 11, 26) });
  expect(read('after:2026-02')).toMatchObject({ after: day(2026, 3, 1) });
});

test('[S.2] with a minus a filter excludes, in both languages; times don’t', () => {
  const english = read('-from:ana -in:"#tea room" -has:link -has:link from:bea hola');
  expect(english).toEqual({
    words: [{ text: 'hola' }],
    from: ['bea'],
    in: [],
    has: [],
    without: { from: ['ana'], in: ['#tea room'], has: ['link'] },
  });
  expect(read('-de:ana -EN:"#tea room" -tiene:enlace de:bea hola')).toEqual(english);
  expect(read('-before:2026').words).toEqual([{ text: 'before:2026', excluded: true }]);
});

test('[S.2] what means nothing is told, and looks for nothing', () => {
  const { query, faulty } = readSearch(searchParts('has:unicorns before:2026-02-31 after:soon on:2026-13'), now);
  expect(faulty.map((part) => part.kind === 'filter' && part.value)).toEqual([
    'unicorns',
    '2026-02-31',
    'soon',
    '2026-13',
  ]);
  expect(isEmptySearch(query)).toBe(true);
  expect(isEmptySearch(read('-only -excluded -in:general from:'))).toBe(true);
});

const syntax = fc.constantFrom(
  'from:',
  'de:',
  'in:',
  'has:link',
  'before:',
  'después:2026',
  '-de:',
  '"',
  '-',
  ' ',
  ':',
  'año',
  '会议',
  '😀',
  '\u0301',
);
const typed = fc
  .array(fc.oneof(syntax, fc.string({ unit: 'grapheme' })), { maxLength: 20 })
  .map((bits) => bits.join(''));

test('[S.2] whatever is typed is read without loss: the parts are in order, and between them is white space alone', () => {
  fc.assert(
    fc.property(typed, (text) => {
      let end = 0;
      for (const part of searchParts(text)) {
        expect(part.start).toBeGreaterThanOrEqual(end);
        expect(
          text
            .slice(end, part.start)
            .replace(/-?"\s*"?/g, '')
            .trim(),
        ).toBe('');
        expect(part.end).toBeGreaterThan(part.start);
        end = part.end;
      }
      readSearch(searchParts(text), now);
    }),
    { numRuns: 2_000 },
  );
});

test('[S.1] folding is stable, whatever the text: again it changes nothing, and each place leads into the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), syntax) }), (text) => {
      const nfc = text.normalize('NFC');
      const { folded, starts } = foldWithPlaces(nfc);
      expect(folded).toBe(foldText(text));
      expect(foldText(folded)).toBe(folded);
      expect(starts).toHaveLength(folded.length + 1);
      expect(starts.every((place, index) => place >= (starts[index - 1] ?? 0) && place <= nfc.length)).toBe(true);
      for (const { text: piece } of piecesOf(folded)) expect(folded).toContain(piece);
    }),
    { numRuns: 2_000 },
  );
});

test('[S.1] accents, case, width and ligatures make no difference', () => {
  for (const [one, other] of [
    ['Mañana', 'manana'],
    ['ÁÉÍÓÚÜÑ', 'aeiouun'],
    ['Straße', 'STRASSE'],
    ['Ｆｕｌｌ', 'full'],
    ['ΣΊΣΥΦΟΣ', 'σισυφος'],
    ['so\u00adft', 'soft'],
    ['Łódź', 'lodz'],
  ] as const)
    expect(foldText(one)).toBe(foldText(other));
  expect(foldText('が')).not.toBe(foldText('か'));
});
