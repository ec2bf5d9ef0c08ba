import type { SearchedWord } from '../../../shared/search-query.ts';
import { foldText, foldWithPlaces } from '../../../shared/search-text.ts';
import { readableText } from '../markdown/readable-text.ts';

export type Stretch = { text: string; found: boolean };

/** Characters around the first match of a long message. */
const before = 60;
const longest = 320;

/** What is shown of a message that was found: as it is read there, and no spoiler given away. */
export function messageExcerpt(text: string, words: readonly SearchedWord[], hidden: string): Stretch[] {
  const readable = readableText(text, hidden);
  const has = (some: string) => matchesIn(onOneLine(some), words).length > 0;
  // A word may be in what isn't read, such as a link's address.
  const asWritten = !has(readable) && !text.includes('||') && has(text);
  return excerptOf(asWritten ? text : readable, words);
}

/** The words among what is around them. */
export function excerptOf(text: string, words: readonly SearchedWord[]): Stretch[] {
  const shown = onOneLine(text);
  const matches = matchesIn(shown, words);
  const first = matches[0]?.start ?? 0;
  const start = shown.length <= longest || first <= before ? 0 : wordStart(shown, first - before);
  const end = Math.min(shown.length, start + longest);
  const stretches: Stretch[] = [];
  const add = (from: number, to: number, found: boolean) => {
    if (to > from) stretches.push({ text: shown.slice(from, to), found });
  };
  let at = start;
  for (const match of matches) {
    if (match.end <= at || match.start >= end) continue;
    add(at, match.start, false);
    add(Math.max(at, match.start), Math.min(match.end, end), true);
    at = Math.min(match.end, end);
  }
  add(at, end, false);
  if (start > 0) stretches.unshift({ text: '…', found: false });
  if (end < shown.length) stretches.push({ text: '…', found: false });
  return stretches;
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().normalize('NFC');
}

/** Where the words are, in order and apart from each other. `text` is in NFC. */
export function matchesIn(text: string, words: readonly SearchedWord[]): { start: number; end: number }[] {
  const { folded, starts } = foldWithPlaces(text);
  const matches: { start: number; end: number }[] = [];
  for (const { text: word, excluded } of words) {
    const needle = foldText(word).replace(/\s+/g, ' ').trim();
    if (excluded || needle === '') continue;
    for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, at + needle.length))
      matches.push({ start: starts[at] ?? 0, end: starts[at + needle.length] ?? text.length });
  }
  matches.sort((one, other) => one.start - other.start || other.end - one.end);
  const apart: typeof matches = [];
  for (const match of matches) {
    const last = apart.at(-1);
    if (last && match.start <= last.end) last.end = Math.max(last.end, match.end);
    else apart.push({ ...match });
  }
  return apart;
}

function wordStart(text: string, near: number): number {
  const space = text.indexOf(' ', near);
  return space === -1 || space > near + before / 2 ? near : space + 1;
}
