import { foldName } from '../../../shared/text-rules.ts';
import type { Language } from '../language/preferred-language.ts';

/** Emoji, group, label and tags in English and Spanish, shortcodes in both, skin tones from light to dark; lists by spaces. */
export type EmojiRow = [
  emoji: string,
  group: number,
  english: string,
  spanish: string,
  englishTags: string,
  spanishTags: string,
  englishShortcodes: string,
  spanishShortcodes: string,
  tones: string,
];

/** Without colons: as it is read, and as it is looked for. */
export type Shortcode = { shown: string; folded: string };

export type Emoji = {
  emoji: string;
  group: number;
  label: Record<Language, string>;
  /** The best known first, the label's own last. */
  shortcodes: Record<Language, Shortcode[]>;
  /** Folded, to be searched. */
  words: string[];
  /** Five, or none. */
  tones: string[];
};

export type EmojiSet = { all: Emoji[]; byShortcode: ReadonlyMap<string, Emoji> };

export function emojiSetOf(table: EmojiRow[]): EmojiSet {
  const byShortcode = new Map<string, Emoji>();
  const take = (emoji: Emoji, language: Language, codes: string[]) => {
    for (const shown of codes) {
      const folded = shortcodeOf(shown);
      if (byShortcode.has(folded)) continue;
      byShortcode.set(folded, emoji);
      emoji.shortcodes[language].push({ shown, folded });
    }
  };
  const rows = table.map((row) => ({ row, emoji: emojiOf(row) }));
  for (const { row, emoji } of rows) {
    take(emoji, 'en', row[6].split(' ').filter(Boolean));
    take(emoji, 'es', row[7].split(' ').filter(Boolean));
  }
  // A label gives its code where no better known one has it; of two alike, the one that is written more often comes first.
  for (const { emoji } of rows) {
    take(emoji, 'en', [joined(emoji.label.en.toLowerCase())]);
    take(emoji, 'es', [joined(emoji.label.es.toLowerCase())]);
  }
  return { all: rows.map(({ emoji }) => emoji), byShortcode };
}

/** `Corazón rojo` is `corazon_rojo`: nobody has to type accents between colons. */
export function shortcodeOf(text: string): string {
  return joined(foldName(text));
}

/** What to show of an emoji that was looked for: the code that fits what was typed, the reader's own language first, the shortest first. */
export function shownShortcode({ shortcodes, label }: Emoji, query: string, language: Language): string {
  const typed = shortcodeOf(query);
  const [own, other] = [shortcodes[language], shortcodes[language === 'es' ? 'en' : 'es']];
  const fitting =
    (typed === '' ? undefined : (shortestFit(own, typed) ?? shortestFit(other, typed))) ?? own[0] ?? other[0];
  return `:${fitting?.shown ?? joined(label[language])}:`;
}

export function shortestFit(codes: Shortcode[], typed: string): Shortcode | undefined {
  return codes.filter(({ folded }) => folded.startsWith(typed)).sort((a, b) => a.folded.length - b.folded.length)[0];
}

function joined(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}\p{N}+-]+/gu, '_').replaceAll(/^_|_$/g, '');
}

function emojiOf([emoji, group, en, es, englishTags, spanishTags, , , tones]: EmojiRow): Emoji {
  return {
    emoji,
    group,
    label: { en, es },
    shortcodes: { en: [], es: [] },
    words: foldName(`${en} ${es} ${englishTags} ${spanishTags}`).split(' '),
    tones: tones === '' ? [] : tones.split(' '),
  };
}
