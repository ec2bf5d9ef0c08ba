import type { SearchedWord } from '../../../../shared/search-query.ts';
import { foldText, type Piece, piecesOf } from '../../../../shared/search-text.ts';
import type { Connection } from './connection.ts';
import { chunkPart, isCompound, isShort, pairsOf } from './search-tokens.ts';

/** One thing that is looked for: whether a text has it, and the pieces by which the index may know it. */
export type Term = { needle: string; pieces: Piece[]; whole: boolean; excluded: boolean };

/** Pieces that the index is asked for, over all terms: what it finds is compared with every term anyway. */
const askedPieces = 6;
const askedPairs = 8;
const askedParts = 4;

/** A token that nothing has. */
const unsaid = '!';

/** Words that one piece may be part of: with more of them, messages that have one are never far away. */
const wordsLimit = 512;

export function termsOf(words: SearchedWord[]): Term[] {
  const terms = new Map<string, Term>();
  for (const { text, exact = false, excluded = false } of words) {
    const needle = withSingleSpaces(foldText(text)).trim();
    if (needle === '') continue;
    const pieces = piecesOf(needle);
    // One or two letters are inside of nearly everything: they are looked for as a word.
    const whole = exact || (pieces.length === 1 && pieces.every((piece) => piece.kind === 'word' && isShort(piece)));
    terms.set(`${whole} ${excluded} ${needle}`, { needle, pieces, whole, excluded });
  }
  return [...terms.values()];
}

export function hasAllTerms(text: string, terms: Term[]): boolean {
  if (terms.length === 0) return true;
  const folded = withSingleSpaces(foldText(text));
  return terms.every((term) => isIn(folded, term) !== term.excluded);
}

/**
 * For the index: all of these. Where no message has one of them it is asked all the same: how long it takes must not tell
 * whether somebody has said a word where the member can't look.
 */
export async function termExpressions(reader: Connection, terms: Term[]): Promise<string[]> {
  const wanted = terms.filter(({ excluded }) => !excluded);
  const asked = wanted
    .flatMap(({ needle, pieces, whole }) =>
      !whole && isCompound(needle, pieces)
        ? [{ piece: { text: needle, kind: 'word' } satisfies Piece, whole }]
        : pieces.map((piece) => ({ piece, whole })),
    )
    .sort((one, other) => other.piece.text.length - one.piece.text.length)
    .slice(0, askedPieces);
  const expressions: string[] = [];
  for (const { piece, whole } of asked) {
    const any = await tokensFor(reader, piece, whole);
    if (any === undefined) continue;
    expressions.push(...any);
  }
  return expressions;
}

/** Expressions of which all must hold; undefined where too much has the piece. */
async function tokensFor(reader: Connection, piece: Piece, whole: boolean): Promise<string[] | undefined> {
  if (piece.kind === 'run') {
    const characters = [...piece.text];
    const tokens = characters.length === 1 ? characters : pairsOf(characters.slice(0, askedPairs + 1));
    return tokens.map(quote);
  }
  // A short piece of a longer term may be a word's beginning or end.
  if (isShort(piece)) return whole || piece.kind === 'sign' ? [quote(piece.text)] : undefined;
  const letters = [...piece.text];
  if (whole && letters.length <= chunkPart * 2) return [quote(piece.text)];
  const words = await wordsWith(reader, letters.slice(0, chunkPart));
  if (words.length > wordsLimit) return undefined;
  return [anyOf(words.length === 0 ? [unsaid] : words)];
}

async function wordsWith(reader: Connection, letters: string[]): Promise<string[]> {
  const parts = [
    ...new Set(letters.slice(2).map((letter, index) => `${letters[index]}${letters[index + 1]}${letter}`)),
  ];
  // A few of them, well apart, tell nearly as much as all: the words that they lead to are compared anyway.
  const apart = Math.max(1, (parts.length - 1) / (askedParts - 1));
  const asked = parts.filter((_, index) => Math.floor(index / apart) > Math.floor((index - 1) / apart));
  const rows = await reader.all<{ word: string }>(
    `SELECT w.word FROM search_parts AS p CROSS JOIN search_words AS w ON w.id = p.rowid
     WHERE search_parts MATCH ? AND instr(w.word, ?) > 0 LIMIT ?`,
    asked.map(quote).join(' AND '),
    letters.join(''),
    wordsLimit + 1,
  );
  return rows.map(({ word }) => word);
}

export function anyOf(tokens: string[]): string {
  return `(${tokens.map(quote).join(' OR ')})`;
}

/** Tokens have no quotes in them. */
export const quote = (token: string) => `"${token}"`;

const withSingleSpaces = (text: string) => text.replace(/\s+/g, ' ');

const letter = /[\p{L}\p{N}]/u;

function isIn(folded: string, { needle, whole }: Term): boolean {
  if (!whole) return folded.includes(needle);
  for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, at + 1))
    if (!runsOn(folded, at, needle) && !runsOn(folded, at + needle.length, needle, true)) return true;
  return false;
}

/** Whether a word goes on across that place, which a whole one doesn't; where there are no spaces any place will do. */
function runsOn(folded: string, place: number, needle: string, atEnd = false): boolean {
  const inside = atEnd ? needle.at(-1) : needle[0];
  const outside = atEnd ? folded[place] : folded[place - 1];
  if (inside === undefined || outside === undefined || !letter.test(inside) || !letter.test(outside)) return false;
  return piecesOf(inside + outside).length === 1 && piecesOf(inside)[0]?.kind === 'word';
}
