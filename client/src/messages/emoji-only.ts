import { once } from '../../../shared/once.ts';

const emoji =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s|[#*0-9]\ufe0f?\u20e3)+$/u;
const mostShownLarge = 6;
const letters = once(() => new Intl.Segmenter());

/** A message of a few emoji and nothing else is shown large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 100 || !emoji.test(text)) return false;
  const signs = [...letters().segment(text.replace(/\s/gu, ''))].length;
  return signs > 0 && signs <= mostShownLarge;
}
