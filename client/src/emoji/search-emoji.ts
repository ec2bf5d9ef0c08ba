import type { Emoji, EmojiSet } from './emoji.ts';
import { shortcodeOf } from './emoji.ts';

/** By name, tag or shortcode in either language, accents ignored; the closest first. */
export function searchEmoji({ all }: EmojiSet, query: string, limit: number): Emoji[] {
  const code = shortcodeOf(query);
  if (code === '') return [];
  const parts = code.split('_');
  const ranked = all
    .map((emoji, order) => ({ emoji, order, rank: rankOf(emoji, code, parts) }))
    .filter(({ rank }) => rank < noMatch);
  return ranked
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}

const noMatch = 4;

function rankOf({ shortcodes, words }: Emoji, code: string, parts: string[]): number {
  if (shortcodes.includes(code)) return 0;
  if (shortcodes.some((shortcode) => shortcode.startsWith(code))) return 1;
  if (parts.every((part) => words.includes(part))) return 2;
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 3;
  return noMatch;
}
