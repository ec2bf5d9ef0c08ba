/** What is being typed at the caret that could be completed: from `start`, where its sign stands. */
export type Completable = { sign: '@' | '#' | ':'; query: string; start: number };

const longest = 40;
const behind = /(?:^|[\s([{¿¡"'*_~|])$/u;
const signs = ['@', '#', ':'] as const;
const patterns = {
  '@': /@([^\s@][^@\n]*)?$/u,
  '#': /#([^\s#][^#\n]*)?$/u,
  ':': /:([\p{L}\p{N}_+-]{2,})$/u,
} as const;

/** Undefined where nothing is, as in code. A name may have spaces, so it's for the candidates to tell where it ends. */
export function completionAt(text: string, caret: number): Completable | undefined {
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  const near = line.slice(-longest);
  const found = signs.flatMap((sign) => {
    const match = patterns[sign].exec(near);
    return match && behind.test(near.slice(0, match.index)) ? [{ sign, query: match[1] ?? '', at: match.index }] : [];
  });
  // The nearest to the caret is the one that is being typed.
  const last = found.sort((a, b) => b.at - a.at)[0];
  if (last === undefined) return undefined;
  const start = caret - near.length + last.at;
  return isInCode(text.slice(0, start), line) ? undefined : { sign: last.sign, query: last.query, start };
}

function isInCode(before: string, line: string): boolean {
  return before.split('```').length % 2 === 0 || line.split('`').length % 2 === 0;
}
