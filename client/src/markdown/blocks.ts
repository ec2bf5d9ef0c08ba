import { inlinesOf } from './inlines.ts';
import { listAt, listMarker } from './list-block.ts';
import type { Block, Inline } from './markdown.ts';
import { tableAt } from './table-block.ts';

/** A block and the line after it. */
export type Taken = { block: Block; next: number };

/** Quotes and lists in one another beyond this are text. */
const deepest = 6;

const fence = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
const heading = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
/** Captured, so that splitting keeps them. */
const emptyLines = /(\n(?:[ \t]*\n)+)/;
const quoteMark = /^ {0,3}> ?/;

export function blocksOf(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    const children = paragraphOf(paragraph);
    if (children.length > 0) blocks.push({ kind: 'paragraph', children });
    paragraph = [];
  };
  for (let index = 0; index < lines.length; ) {
    const interrupts = (paragraph.at(-1) ?? '').trim() !== '';
    const taken = blockAt(lines, index, depth, interrupts);
    if (taken === undefined) {
      paragraph.push(lines[index] ?? '');
      index += 1;
    } else {
      endParagraph();
      blocks.push(taken.block);
      index = taken.next;
    }
  }
  endParagraph();
  return blocks;
}

function blockAt(lines: string[], start: number, depth: number, interrupts: boolean): Taken | undefined {
  const line = lines[start] ?? '';
  const opening = fence.exec(line);
  if (opening) return codeAt(lines, start, opening[1] ?? '', opening[2] ?? '');
  const title = heading.exec(line);
  if (title)
    return {
      block: { kind: 'heading', level: title[1]?.length ?? 1, children: inlinesOf((title[2] ?? '').trimEnd()) },
      next: start + 1,
    };
  if (isRule(line)) return { block: { kind: 'rule' }, next: start + 1 };
  if (depth < deepest && quoteMark.test(line)) return quoteAt(lines, start, depth);
  const marker = depth < deepest ? listMarker(line) : undefined;
  // A sentence that goes on with "2023. That year …" is no list.
  if (marker && marker.indent < 4 && marker.content !== '' && (!interrupts || (marker.number ?? 1) === 1))
    return listAt(lines, start, marker, (inner) => blocksOf(inner, depth + 1));
  return tableAt(lines, start);
}

/** Up to the closing fence, or to the end where it's missing. */
function codeAt(lines: string[], start: number, mark: string, info: string): Taken {
  let end = start + 1;
  while (end < lines.length && !closes(lines[end] ?? '', mark)) end += 1;
  const language = info.trim().split(/\s/u)[0] ?? '';
  return { block: { kind: 'code', language, text: lines.slice(start + 1, end).join('\n') }, next: end + 1 };
}

function closes(line: string, mark: string): boolean {
  const closing = line.trim();
  return closing.length >= mark.length && closing === (mark[0] ?? '').repeat(closing.length);
}

function quoteAt(lines: string[], start: number, depth: number): Taken {
  let next = start;
  while (quoteMark.test(lines[next] ?? '')) next += 1;
  const inner = lines.slice(start, next).map((line) => line.replace(quoteMark, ''));
  return { block: { kind: 'quote', blocks: blocksOf(inner, depth + 1) }, next };
}

function isRule(line: string): boolean {
  const marks = line.replaceAll(/[ \t]/g, '');
  return marks.length >= 3 && /^(?:-+|\*+|_+)$/.test(marks) && !/^(?: {4}|\t)/.test(line);
}

/** Marks don't reach over an empty line; the lines themselves stay as they were typed. */
function paragraphOf(lines: string[]): Inline[] {
  let first = 0;
  let end = lines.length;
  while (first < end && lines[first]?.trim() === '') first += 1;
  while (end > first && lines[end - 1]?.trim() === '') end -= 1;
  return lines
    .slice(first, end)
    .join('\n')
    .split(emptyLines)
    .flatMap((part, index) => (index % 2 === 0 ? inlinesOf(part) : [{ kind: 'text', text: part }]));
}
