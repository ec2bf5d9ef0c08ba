import type { Inline } from './markdown.ts';

/** A run of `*`, `_`, `~` or `|` that may open or close something. */
export type Delimiter = {
  kind: 'delimiter';
  sign: string;
  /** What is left of it, and what it was. */
  count: number;
  length: number;
  opens: boolean;
  closes: boolean;
};

export type Piece = Inline | Delimiter;

/** Marks in one another beyond this are text. */
const deepest = 8;

const space = /\s/u;
const punctuation = /[\p{P}\p{S}]/u;

export function delimiterAt(text: string, start: number): Delimiter | undefined {
  const sign = text[start] ?? '';
  if (sign !== '*' && sign !== '_' && sign !== '~' && sign !== '|') return undefined;
  let end = start;
  while (text[end] === sign) end += 1;
  const length = end - start;
  if ((sign === '~' || sign === '|') && length !== 2) return undefined;

  const before = [...text.slice(Math.max(0, start - 2), start)].at(-1) ?? ' ';
  const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
  const opensWord = !space.test(after) && (!punctuation.test(after) || space.test(before) || punctuation.test(before));
  const closesWord = !space.test(before) && (!punctuation.test(before) || space.test(after) || punctuation.test(after));
  const inWord = sign === '_';
  return {
    kind: 'delimiter',
    sign,
    count: length,
    length,
    opens: opensWord && (!inWord || !closesWord || punctuation.test(before)),
    closes: closesWord && (!inWord || !opensWord || punctuation.test(after)),
  };
}

/** Pairs each closing run with the nearest fitting opening one, as CommonMark does; what finds no partner is text. */
export function joinDelimited(pieces: Piece[]): Inline[] {
  const joined: Piece[] = [];
  const openers: number[] = [];
  const depths = new Map<Piece, number>();

  for (const piece of pieces) {
    if (piece.kind !== 'delimiter') {
      joined.push(piece);
      continue;
    }
    while (piece.closes && piece.count > 0) {
      const place = openers.findLastIndex((at) => fits(joined[at], piece));
      const at = openers[place];
      const opener = at === undefined ? undefined : joined[at];
      if (at === undefined || opener?.kind !== 'delimiter') break;
      const depth = 1 + Math.max(0, ...joined.slice(at + 1).map((inner) => depths.get(inner) ?? 0));
      if (depth > deepest) break;
      const used = opener.count >= 2 && piece.count >= 2 ? 2 : 1;
      const inline: Inline = { kind: kindOf(piece.sign, used), children: joined.splice(at + 1).map(asText) };
      depths.set(inline, depth);
      opener.count -= used;
      piece.count -= used;
      openers.length = opener.count > 0 ? place + 1 : place;
      if (opener.count === 0) joined.pop();
      joined.push(inline);
    }
    if (piece.count === 0) continue;
    if (piece.opens) openers.push(joined.length);
    joined.push(piece);
  }
  return withoutSeams(joined.map(asText));
}

function fits(opener: Piece | undefined, closer: Delimiter): boolean {
  if (opener?.kind !== 'delimiter' || opener.sign !== closer.sign) return false;
  if (closer.sign === '~' || closer.sign === '|') return true;
  const both = opener.closes || closer.opens;
  return !both || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

function kindOf(sign: string, used: number): 'strong' | 'emphasis' | 'strike' | 'spoiler' {
  if (sign === '~') return 'strike';
  if (sign === '|') return 'spoiler';
  return used === 2 ? 'strong' : 'emphasis';
}

function asText(piece: Piece): Inline {
  return piece.kind === 'delimiter' ? { kind: 'text', text: piece.sign.repeat(piece.count) } : piece;
}

/** Neighbouring texts become one, so that a name that spans them is found. */
function withoutSeams(inlines: Inline[]): Inline[] {
  const whole: Inline[] = [];
  for (const inline of inlines) {
    const last = whole.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text')
      whole[whole.length - 1] = { ...last, text: last.text + inline.text };
    else whole.push('children' in inline ? { ...inline, children: withoutSeams(inline.children) } : inline);
  }
  return whole;
}
