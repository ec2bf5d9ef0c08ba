/**
 * The form in which texts are compared when something is looked for: without case, accents, width and what nobody sees.
 * Each code point is folded by itself, so that a place in the folded text leads back to one in the text.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[A-Z]+/g, lowerCase)
    .replace(beyondAscii, foldCharacter);
}

/** The folded text of a text in NFC; `starts[i]` is where the i-th of its UTF-16 units comes from. */
export function foldWithPlaces(text: string): { folded: string; starts: number[] } {
  let folded = '';
  const starts: number[] = [];
  let place = 0;
  for (const character of text) {
    const form = character < '\u0080' ? character.toLowerCase() : foldCharacter(character);
    for (let index = 0; index < form.length; index += 1) starts.push(place);
    folded += form;
    place += character.length;
  }
  starts.push(place);
  return { folded, starts };
}

/** Letters and digits next to each other, or one sign of those that stand for a word by themselves. */
export type Piece = { text: string; kind: 'word' | 'run' | 'sign' };

/**
 * Of a folded text. A `run` is of a script that puts no spaces between its words; a `sign` is an emoji.
 */
export function piecesOf(folded: string): Piece[] {
  return Array.from(folded.matchAll(piece), ({ 0: text, groups }) => ({
    text,
    kind: groups?.run !== undefined ? 'run' : groups?.sign !== undefined ? 'sign' : 'word',
  }));
}

const lowerCase = (text: string) => text.toLowerCase();

// biome-ignore lint/suspicious/noControlCharactersInRegex: all that isn't ASCII
const beyondAscii = /[^\u0000-\u007f]/gu;

// The marks of kana make other letters; all others are accents, or what nobody sees.
const unseen = /[[\p{M}\p{Default_Ignorable_Code_Point}]--[\u3099\u309a]]/gv;

/** Letters of their own that people write without their stroke. */
const plain: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i', ŋ: 'n', þ: 'th', ς: 'σ' },
};

const folds = new Map<string, string>();

function foldCharacter(character: string): string {
  const known = folds.get(character);
  if (known !== undefined) return known;
  const bare = character.normalize('NFKD').toLowerCase().replace(unseen, '').normalize('NFC');
  const form = bare.replace(/./gu, (letter) => plain[letter] ?? letter);
  if (folds.size < 20_000) folds.set(character, form);
  return form;
}

const unspaced =
  '[[\\p{L}\\p{N}]&&[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Bopomofo}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]]';
const piece = new RegExp(
  `(?<run>${unspaced}+)|(?<word>[[\\p{L}\\p{N}]--${unspaced}]+)|(?<sign>\\p{Extended_Pictographic})`,
  'gv',
);
