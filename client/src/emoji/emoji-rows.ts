import type { Language } from '../language/preferred-language.ts';
import type { Emoji, EmojiSet } from './emoji.ts';
import { searchEmoji } from './search-emoji.ts';

export const columns = 9;
const mostFound = 90;

/** A heading and what is under it; `group` is Emojibase's number, `recent` or `found`. */
export type EmojiSection = { group: number | 'recent' | 'found'; emoji: Emoji[] };

export function emojiSections(
  set: EmojiSet,
  query: string,
  language: Language,
  recent: readonly string[],
): EmojiSection[] {
  if (query.trim() !== '') {
    const found = searchEmoji(set, query, language, mostFound);
    return found.length === 0 ? [] : [{ group: 'found', emoji: found }];
  }
  const plain = new Map(set.all.flatMap((one) => [one.emoji, ...one.tones].map((form) => [form, one] as const)));
  const used = [...new Set(recent.flatMap((form) => plain.get(form) ?? []))];
  const groups = [...new Set(set.all.map(({ group }) => group))].sort((a, b) => a - b);
  const sections = groups.map((group) => ({ group, emoji: set.all.filter((one) => one.group === group) }));
  return used.length === 0 ? sections : [{ group: 'recent', emoji: used }, ...sections];
}

/** Where an arrow leads: sections end with a row that may be short. */
export function stepFrom(sections: EmojiSection[], from: Place, key: string): Place {
  const length = (section: number) => sections[section]?.emoji.length ?? 0;
  const { section, index } = from;
  const column = index % columns;
  switch (key) {
    case 'ArrowRight':
      if (index + 1 < length(section)) return { section, index: index + 1 };
      return length(section + 1) > 0 ? { section: section + 1, index: 0 } : from;
    case 'ArrowLeft':
      if (index > 0) return { section, index: index - 1 };
      return section > 0 ? { section: section - 1, index: length(section - 1) - 1 } : from;
    case 'ArrowDown': {
      const lastRow = Math.floor((length(section) - 1) / columns);
      if (Math.floor(index / columns) < lastRow)
        return { section, index: Math.min(index + columns, length(section) - 1) };
      return length(section + 1) > 0
        ? { section: section + 1, index: Math.min(column, length(section + 1) - 1) }
        : from;
    }
    case 'ArrowUp': {
      if (index >= columns) return { section, index: index - columns };
      if (section === 0) return from;
      const before = length(section - 1);
      const startOfLastRow = Math.floor((before - 1) / columns) * columns;
      return { section: section - 1, index: Math.min(startOfLastRow + column, before - 1) };
    }
    default:
      return from;
  }
}

export type Place = { section: number; index: number };
