import { type EmojiSet, shortcodeOf } from './emoji.ts';

const shortcode = /:([\p{L}\p{N}_+-]{2,50}):/gu;
/** What Markdown shows as it is, and a shortcode that was escaped. */
const literal = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`]*`|https?:\/\/\S+|\\:/gu;

/** `:tada:` and `:corazón:` become emoji, outside of code and addresses; what isn't known stays as it is. */
export function replaceShortcodes(text: string, emoji: EmojiSet): string {
  let replaced = '';
  let end = 0;
  for (const match of text.matchAll(literal)) {
    replaced += replaceIn(text.slice(end, match.index), emoji) + match[0];
    end = match.index + match[0].length;
  }
  return replaced + replaceIn(text.slice(end), emoji);
}

function replaceIn(text: string, { byShortcode }: EmojiSet): string {
  return text.replaceAll(shortcode, (written, name: string) => byShortcode.get(shortcodeOf(name))?.emoji ?? written);
}
