import { memberNameLimit, messageTextLimit } from './limits.ts';
import { once } from './once.ts';

type TextFault = 'empty' | 'too-long' | 'not-text';

// Line feed and tab are text; every other C0 and C1 control is not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const lineBreakOrInvisible = /[\n\t\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]/;

/** What keeps a message from being sent: nothing visible, above `messageTextLimit`, or controls and lone surrogates. */
export function faultInMessage(text: string): TextFault | undefined {
  if (text.length > messageTextLimit) return 'too-long';
  if (control.test(text) || !text.isWellFormed()) return 'not-text';
  return text.trim() === '' ? 'empty' : undefined;
}

/** What can't be in a message at all; how long it is and whether it says anything is for later. */
export function faultInDraft(text: string): boolean {
  return control.test(text) || !text.isWellFormed();
}

/** The same for one line such as a person's or a channel's name, where direction overrides and zero-width space would deceive. */
export function faultInName(name: string, limit = memberNameLimit): TextFault | undefined {
  if (name.length > limit) return 'too-long';
  if (control.test(name) || lineBreakOrInvisible.test(name) || !name.isWellFormed()) return 'not-text';
  return name.trim() === '' ? 'empty' : undefined;
}

const oneEmoji = once(() => /^\p{RGI_Emoji}$/v);

/** A single emoji that everyone's system is meant to draw, as a reaction may be. */
export function isEmoji(text: string): boolean {
  return text.length <= 40 && oneEmoji().test(text);
}

// Accents, and what nobody sees: a joiner or a filler makes no other name.
const unseen = /[\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The form under which two names are the same: case, accents, width and invisible signs folded, inner white space single. */
export function foldName(name: string): string {
  return name.normalize('NFKD').replace(unseen, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}
