import type { Taken } from './blocks.ts';
import { inlinesOf } from './inlines.ts';
import type { Alignment } from './markdown.ts';

const mostColumns = 32;

/** A row of heads, a row of hyphens, and the rows below; what lacks the second one is text. */
export function tableAt(lines: string[], start: number): Taken | undefined {
  const [first = '', second = ''] = [lines[start], lines[start + 1]];
  if (!first.includes('|') || !/^[\s|:-]+$/.test(second) || !second.includes('|')) return undefined;
  const hyphens = cellsOf(second);
  const heads = cellsOf(first);
  if (heads.length !== hyphens.length || heads.length > mostColumns) return undefined;
  if (!hyphens.every((cell) => /^:?-+:?$/.test(cell))) return undefined;

  let next = start + 2;
  while (lines[next]?.includes('|')) next += 1;
  const rows = lines.slice(start + 2, next).map((line) => {
    const cells = cellsOf(line);
    return heads.map((_, column) => inlinesOf(cells[column] ?? ''));
  });
  return { block: { kind: 'table', alignments: hyphens.map(alignmentOf), head: heads.map(inlinesOf), rows }, next };
}

function alignmentOf(hyphens: string): Alignment {
  if (hyphens.endsWith(':')) return hyphens.startsWith(':') ? 'center' : 'right';
  return hyphens.startsWith(':') ? 'left' : undefined;
}

/** Split at the pipes that aren't escaped; the outer ones are for looks. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  const row = line.trim();
  for (let index = 0; index < row.length; index += 1) {
    const escaped = row[index] === '\\' && row[index + 1] === '|';
    if (escaped) index += 1;
    if (row[index] === '|' && !escaped) {
      cells.push(cell);
      cell = '';
    } else cell += row[index];
  }
  cells.push(cell);
  if (row.startsWith('|')) cells.shift();
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells.map((text) => text.trim());
}
