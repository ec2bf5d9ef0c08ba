import { autolinkAt } from './autolink.ts';
import { type Delimiter, delimiterAt, joinDelimited, type Piece } from './delimiters.ts';
import { linkTargetAt } from './link-target.ts';
import type { Inline } from './markdown.ts';

/** An opening bracket whose text may become a link's, and where in the pieces it stands. */
type Bracket = { at: number };

const escapable = /[!-/:-@[-`{-~]/;

/** Reads from left to right once; emphasis and its kin are joined at the end, and inside each link. */
export function inlinesOf(text: string): Inline[] {
  const pieces: Piece[] = [];
  const brackets: Bracket[] = [];
  let plain = '';
  const add = (piece: Inline | Delimiter) => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    plain = '';
    pieces.push(piece);
  };

  for (let index = 0; index < text.length; ) {
    const sign = text[index] ?? '';
    const next = text[index + 1] ?? '';
    if (sign === '\\' && escapable.test(next)) {
      plain += next;
      index += 2;
      continue;
    }
    if (sign === '`') {
      const length = runLength(text, index);
      const end = endOfCode(text, index + length, length);
      if (end === undefined) plain += text.slice(index, index + length);
      else add({ kind: 'code', text: codeText(text.slice(index + length, end)) });
      index = end === undefined ? index + length : end + length;
      continue;
    }
    if (sign === '[') {
      add({ kind: 'text', text: '[' });
      brackets.push({ at: pieces.length - 1 });
      index += 1;
      continue;
    }
    if (sign === ']') {
      const bracket = brackets.pop();
      const target = bracket && next === '(' ? linkTargetAt(text, index + 1) : undefined;
      if (bracket === undefined || target === undefined) plain += sign;
      else {
        if (plain !== '') pieces.push({ kind: 'text', text: plain });
        plain = '';
        const inside = joinDelimited(pieces.splice(bracket.at).slice(1)).flatMap(unlinked);
        pieces.push({ kind: 'link', href: target.href, children: inside });
        // There are no links in links.
        brackets.length = 0;
      }
      index = target?.end ?? index + 1;
      continue;
    }
    const delimiter = delimiterAt(text, index);
    if (delimiter !== undefined) {
      add(delimiter);
      index += delimiter.count;
      continue;
    }
    const link = autolinkAt(text, index);
    if (link !== undefined) {
      add({ kind: 'link', href: link.href, children: [{ kind: 'text', text: link.shown }] });
      index = link.end;
      continue;
    }
    plain += sign;
    index += 1;
  }
  if (plain !== '') pieces.push({ kind: 'text', text: plain });
  return joinDelimited(pieces);
}

function runLength(text: string, start: number): number {
  let end = start;
  while (text[end] === text[start]) end += 1;
  return end - start;
}

/** The next run of just as many backticks. */
function endOfCode(text: string, from: number, length: number): number | undefined {
  for (let index = text.indexOf('`', from); index !== -1; index = text.indexOf('`', index)) {
    const found = runLength(text, index);
    if (found === length) return index;
    index += found;
  }
  return undefined;
}

/** The space that keeps a backtick inside from its marks isn't part of it. */
function codeText(text: string): string {
  return /^ .*\S.* $/s.test(text) ? text.slice(1, -1) : text;
}

function unlinked(inline: Inline): Inline[] {
  if (inline.kind === 'link') return inline.children;
  return 'children' in inline ? [{ ...inline, children: inline.children.flatMap(unlinked) }] : [inline];
}
