import { foldText } from '../../../shared/search-text.ts';

/** How well a name fits what is typed, 0 where it doesn't: each word of it must be there, at best at the beginning. */
export function closeness(typed: string, name: string): number {
  const words = foldText(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const folded = foldText(name);
  let total = 1;
  for (const word of words) {
    const one = fitOfWord(word, folded);
    if (one === 0) return 0;
    total += one;
  }
  // Of two that fit the same, the shorter has less that wasn't asked for.
  return total / Math.max(1, words.length) - Math.min(folded.length, 100) / 1_000;
}

function fitOfWord(word: string, name: string): number {
  if (name.startsWith(word)) return name === word ? 100 : 90;
  const at = name.indexOf(word);
  if (at !== -1) return startsWord(name, at) || startsWord(name, name.indexOf(` ${word}`) + 1) ? 75 : 50;
  return word.length > 1 ? spread(word, name) : 0;
}

function startsWord(name: string, at: number): boolean {
  return at > 0 && !/[\p{L}\p{N}]/u.test(name[at - 1] ?? '');
}

/** Its letters in their order, the fewer gaps the better; the first one begins a word. */
function spread(word: string, name: string): number {
  let at = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = name.indexOf(letter, at + 1);
    if (next === -1) return 0;
    if (at === -1 && next > 0 && !startsWord(name, next)) return 0;
    if (at !== -1 && next > at + 1) gaps += 1;
    at = next;
  }
  return Math.max(1, 30 - gaps * 5);
}
