import type { Language } from '../language/preferred-language.ts';
import { type Emoji, type EmojiSet, shortcodeOf, shortestFit } from './emoji.ts';

/** By name, tag or shortcode in either language, accents ignored; the reader's own language and the closest first. */
export function searchEmoji({ all }: EmojiSet, query: string, language: Language, limit: number): Emoji[] {
  const code = shortcodeOf(query);
  if (code === '') return [];
  const parts = code.split('_');
  const ranked = all
    .map((emoji, order) => ({ emoji, order, ...rankOf(emoji, code, parts, language) }))
    .filter(({ rank }) => rank < noMatch);
  return ranked
    .sort((a, b) => a.rank - b.rank || a.length - b.length || a.order - b.order)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}

const noMatch = 6;

/** `length` is that of the code that fits: the shorter, the closer. */
function rankOf({ shortcodes, words }: Emoji, code: string, parts: string[], language: Language) {
  const own = shortestFit(shortcodes[language], code)?.folded.length ?? 0;
  const other = shortestFit(shortcodes[language === 'es' ? 'en' : 'es'], code)?.folded.length ?? 0;
  if (own === code.length || other === code.length) return { rank: own === code.length ? 0 : 1, length: 0 };
  if (own > 0) return { rank: 2, length: own };
  if (other > 0) return { rank: 3, length: other };
  if (parts.every((part) => words.includes(part))) return { rank: 4, length: 0 };
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return { rank: 5, length: 0 };
  return { rank: noMatch, length: 0 };
}
