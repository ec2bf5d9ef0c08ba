import { firstLink } from '../../../../shared/first-link.ts';
import { foldText, type Piece, piecesOf } from '../../../../shared/search-text.ts';
import { searchedFilesOf, searchedText } from './searched-files.ts';

/** It rises when the tokens of a message become others: the index is made anew then. */
export const searchVersion = 3;

/** What a message has, as far as its own text tells. */
export const hasInText = {
  link: (text: string) => firstLink(text) !== undefined,
  code: (text: string) => /```|`[^`\n]+`/.test(text),
};

/** `files` as `searchedFiles` reads them. */
export type SearchedMessage = { id: number; channel: number; author: number; text: string; files: string };

export const channelToken = (channel: number) => `#${channel}`;
export const authorToken = (author: number) => `@${author}`;
export const hasToken = (thing: keyof typeof hasInText | 'file' | 'picture') => `!${thing}`;

/** Ids that one token stands for: what several words have in common is looked for from there on, and no further down. */
export const blockSize = 65_536;
export const blockOf = (id: number) => Math.floor(id / blockSize);
export const blockToken = (block: number) => `!${block}`;

/** All under which a message is found; `words` are those of them that others may be part of. */
export function tokensOf(message: SearchedMessage): { tokens: string; words: string[] } {
  const { id, channel, author, text } = message;
  const files = searchedFilesOf(message);
  const words = new Set<string>();
  const others = new Set([channelToken(channel), authorToken(author), blockToken(blockOf(id))]);
  for (const thing of ['link', 'code'] as const) if (hasInText[thing](text)) others.add(hasToken(thing));
  if (files.length > 0) others.add(hasToken('file'));
  if (files.some(({ kind }) => kind === 'picture')) others.add(hasToken('picture'));
  const folded = foldText(searchedText(message));
  for (const compound of compoundsOf(folded)) for (const chunk of chunksOf(compound)) words.add(chunk);
  for (const piece of piecesOf(folded)) {
    if (piece.kind === 'run') for (const token of runTokens(piece.text)) others.add(token);
    else if (isShort(piece)) others.add(piece.text);
    else for (const chunk of chunksOf(piece.text)) words.add(chunk);
  }
  return { tokens: [...words, ...others].join(' '), words: [...words] };
}

/** Numbers and short words that a single sign joins, such as a version, a time or an address: parts of it aren't words. */
const compound = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[._\-/:@+#][\p{L}\p{N}]+)+/gu;

function compoundsOf(folded: string): string[] {
  return Array.from(folded.matchAll(compound), ([text]) => text).filter((text) => piecesOf(text).some(isShort));
}

/** Whether it is looked for inside of those. */
export function isCompound(needle: string, pieces: Piece[]): boolean {
  return pieces.length > 1 && pieces.every(isShort) && needle.replace(compound, '') === '';
}

/** A sign, or a word that is found as a whole only. */
export function isShort({ kind, text }: Piece): boolean {
  return kind === 'sign' || (kind === 'word' && [...text].length < 3);
}

/** Where there are no spaces between words: each character, and each with the next one. */
function runTokens(run: string): string[] {
  const characters = [...run];
  return [...characters, ...pairsOf(characters)];
}

export function pairsOf(characters: string[]): string[] {
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** A word above this is cut, such as an encoded file: any part of it up to `chunkPart` is whole in one of its chunks. */
const chunkLength = 40;
export const chunkPart = 20;

function chunksOf(word: string): string[] {
  if (word.length <= chunkLength) return [word];
  const letters = [...word];
  if (letters.length <= chunkLength) return [word];
  const chunks: string[] = [];
  for (let start = 0; start < letters.length - chunkPart; start += chunkPart)
    chunks.push(letters.slice(start, start + chunkLength).join(''));
  return chunks;
}
