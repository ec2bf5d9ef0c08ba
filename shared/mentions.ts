import { memberNameLimit } from './limits.ts';
import { foldName } from './text-rules.ts';

/** An @ and what may be the name behind it, the longest first: a name may have spaces. */
export type MentionSpot = { names: { text: string; folded: string }[] };

/** In both languages, folded. */
const wholeChannel = new Set(['channel', 'canal']);
const whoIsHere = new Set(['here', 'aqui']);

const spotsLimit = 20;
const namesLimit = 8;

// Not behind a letter or a digit, as in an e-mail address, nor inside an address of the web.
const spot = /(?<![\p{L}\p{M}\p{N}_@./])@(?=[\p{L}\p{N}])/gu;
const restOfWord = /[\p{L}\p{M}\p{N}]/u;
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/** Where a text may mention somebody. What stands in code mentions nobody. */
export function mentionSpots(text: string): MentionSpot[] {
  if (!text.includes('@')) return [];
  const prose = text.replace(code, (block) => ' '.repeat(block.length));
  return [...prose.matchAll(spot)].slice(0, spotsLimit).map(({ index }) => ({ names: namesAt(prose, index + 1) }));
}

/** A name ends where a word does. */
function namesAt(text: string, start: number): MentionSpot['names'] {
  const rest = text.slice(start, start + memberNameLimit + 1).split('\n', 1)[0] ?? '';
  const names: MentionSpot['names'] = [];
  for (let end = 1; end <= Math.min(rest.length, memberNameLimit) && names.length < namesLimit; end += 1) {
    const next = rest[end];
    if (next !== undefined && restOfWord.test(next)) continue;
    const name = rest.slice(0, end);
    if (name.trimEnd() === name) names.push({ text: name, folded: foldName(name) });
  }
  return names.reverse();
}

export function namesWholeChannel(name: string): boolean {
  return wholeChannel.has(foldName(name));
}

export function namesWhoIsHere(name: string): boolean {
  return whoIsHere.has(foldName(name));
}

const many = /(?<![\p{L}\p{M}\p{N}_@./])@(?:channel|canal|here|aqu[ií])(?![\p{L}\p{M}\p{N}])/iu;

/** Whether a text would reach many people at once. */
export function mentionsMany(text: string): boolean {
  return text.includes('@') && many.test(text.replace(code, ' '));
}
