import table from 'virtual:emoji-table';
import type { Language } from '../language/preferred-language.ts';
import { type Emoji, emojiSetOf, shownShortcode } from './emoji.ts';
import { replaceShortcodes } from './replace-shortcodes.ts';
import { searchEmoji } from './search-emoji.ts';

const set = emojiSetOf(table);

/** Everything that needs the table, so that the page's first part has none of it. */
export const emojiIndex = {
  set,
  search: (query: string, language: Language, limit: number): Emoji[] => searchEmoji(set, query, language, limit),
  shown: shownShortcode,
  replace: (text: string): string => replaceShortcodes(text, set),
};
