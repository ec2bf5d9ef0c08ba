import { foldName } from '../../../shared/text-rules.ts';

/** Emoji, group, label and tags in English and Spanish, more shortcodes, skin tones from light to dark; lists by spaces. */
export type EmojiRow = [
  emoji: string,
  group: number,
  english: string,
  spanish: string,
  englishTags: string,
  spanishTags: string,
  shortcodes: string,
  tones: string,
];

export type Emoji = {
  emoji: string;
  group: number;
  label: { en: string; es: string };
  /** Without colons; the labels' own, in either language, among them. */
  shortcodes: string[];
  /** Folded, to be searched. */
  words: string[];
  /** Five, or none. */
  tones: string[];
};

export type EmojiSet = { all: Emoji[]; byShortcode: ReadonlyMap<string, Emoji> };

export function emojiSetOf(table: EmojiRow[]): EmojiSet {
  const all = table.map(emojiOf);
  const byShortcode = new Map<string, Emoji>();
  // What a person writes most often comes first in the table, so the first one to have a shortcode keeps it.
  for (const emoji of all)
    for (const shortcode of emoji.shortcodes) if (!byShortcode.has(shortcode)) byShortcode.set(shortcode, emoji);
  return { all, byShortcode };
}

/** `Corazón rojo` is `corazon_rojo`: nobody has to type accents between colons. */
export function shortcodeOf(text: string): string {
  return foldName(text)
    .replaceAll(/[^\p{L}\p{N}+-]+/gu, '_')
    .replaceAll(/^_|_$/g, '');
}

function emojiOf([emoji, group, en, es, englishTags, spanishTags, shortcodes, tones]: EmojiRow): Emoji {
  const own = shortcodes.split(' ').filter(Boolean);
  const labels = [shortcodeOf(en), shortcodeOf(es)];
  return {
    emoji,
    group,
    label: { en, es },
    shortcodes: [...new Set([...own, ...labels])],
    words: foldName(`${en} ${es} ${englishTags} ${spanishTags}`).split(' '),
    tones: tones === '' ? [] : tones.split(' '),
  };
}
