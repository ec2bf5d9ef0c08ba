import type { Taken } from './blocks.ts';
import type { Block, ListItem } from './markdown.ts';

type Marker = { indent: number; sign: string; number: number | undefined; contentAt: number; content: string };

const mark = /^( *)([-*+]|(\d{1,9})[.)])(?: {1,4}|$)(.*)$/;
const task = /^\[([ xX])\] +(\S.*)$/;

/** The beginning of an item, such as `- ` or `2. `. */
export function listMarker(line: string): Marker | undefined {
  const found = mark.exec(line);
  if (!found) return undefined;
  const [, indent = '', bullet = '', digits, content = ''] = found;
  return {
    indent: indent.length,
    sign: bullet.at(-1) ?? '',
    number: digits === undefined ? undefined : Number(digits),
    contentAt: content === '' ? indent.length + bullet.length + 1 : line.length - content.length,
    content,
  };
}

/** An item goes on with what is indented to its content; a line that isn't ends the list, as it was typed. */
export function listAt(lines: string[], start: number, first: Marker, inner: (lines: string[]) => Block[]): Taken {
  const items: ListItem[] = [];
  let marker: Marker | undefined = first;
  let next = start;
  while (marker !== undefined) {
    const { contentAt, content } = marker;
    const own = [content];
    next += 1;
    while (next < lines.length && (isBlank(lines[next]) || indentOf(lines[next]) >= contentAt)) {
      own.push((lines[next] ?? '').slice(contentAt));
      next += 1;
    }
    items.push(itemOf(own, inner));
    const following: Marker | undefined = next < lines.length ? listMarker(lines[next] ?? '') : undefined;
    marker = following !== undefined && following.sign === first.sign ? following : undefined;
  }
  return { block: { kind: 'list', start: first.number, items }, next };
}

function itemOf([first = '', ...others]: string[], inner: (lines: string[]) => Block[]): ListItem {
  const found = task.exec(first);
  if (!found) return { checked: undefined, blocks: inner([first, ...others]) };
  return { checked: found[1] !== ' ', blocks: inner([found[2] ?? '', ...others]) };
}

function isBlank(line = ''): boolean {
  return line.trim() === '';
}

function indentOf(line = ''): number {
  return line.length - line.trimStart().length;
}
