import type { TextEdit } from './edit-area.ts';

export type Format =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'spoiler'
  | 'block'
  | 'quote'
  | 'list'
  | 'numbers'
  | 'link';

const marks = { bold: '**', italic: '*', strike: '~~', code: '`', spoiler: '||' } as const;
const lineMarks = { quote: '> ', list: '- ', numbers: '1. ' } as const;
const webAddress = /^https?:\/\/\S+$/iu;

/** Sets a format on what is selected, or takes it back where it is set. */
export function formatted(text: string, start: number, end: number, format: Format): TextEdit {
  if (format === 'link') return linked(text, start, end, 'https://');
  if (format === 'block') return fenced(text, start, end);
  if (format === 'quote' || format === 'list' || format === 'numbers')
    return onLines(text, start, end, lineMarks[format]);
  return surrounded(text, start, end, marks[format]);
}

/** An address pasted over words makes them a link; anything else is pasted as it is. */
export function linkPasted(text: string, start: number, end: number, pasted: string): TextEdit | undefined {
  const address = pasted.trim();
  const words = text.slice(start, end);
  if (words.trim() === '' || words.includes('\n') || webAddress.test(words) || !webAddress.test(address))
    return undefined;
  const edit = linked(text, start, end, address.replaceAll('(', '%28').replaceAll(')', '%29'));
  const behind = start + edit.text.length;
  return { ...edit, select: [behind, behind] };
}

function surrounded(text: string, start: number, end: number, mark: string): TextEdit {
  const selected = text.slice(start, end);
  const words = selected.trim();
  // A mark beside a space is none, so spaces at the ends stay outside.
  const first = start + (words === '' ? 0 : selected.indexOf(words));
  const last = first + words.length;
  const has = (from: number) => text.slice(from, from + mark.length) === mark && !isLonger(text, from, mark);
  if (first >= mark.length && has(first - mark.length) && has(last))
    return {
      start: first - mark.length,
      end: last + mark.length,
      text: words,
      select: [first - mark.length, last - mark.length],
    };
  const inner = first + mark.length;
  return { start: first, end: last, text: `${mark}${words}${mark}`, select: [inner, inner + words.length] };
}

/** The `*` of a `**` is not italic's. */
function isLonger(text: string, at: number, mark: string): boolean {
  const sign = mark[0];
  return text[at - 1] === sign || text[at + mark.length] === sign;
}

function linked(text: string, start: number, end: number, address: string): TextEdit {
  const words = text.slice(start, end);
  const addressAt = start + words.length + 3;
  const select: [number, number] = words === '' ? [start + 1, start + 1] : [addressAt, addressAt + address.length];
  return { start, end, text: `[${words}](${address})`, select };
}

function fenced(text: string, start: number, end: number): TextEdit {
  const before = start === 0 || text[start - 1] === '\n' ? '' : '\n';
  const after = end === text.length || text[end] === '\n' ? '' : '\n';
  const selected = text.slice(start, end);
  const inner = start + before.length + 4;
  return {
    start,
    end,
    text: `${before}\`\`\`\n${selected}\n\`\`\`${after}`,
    select: [inner, inner + selected.length],
  };
}

function onLines(text: string, from: number, to: number, mark: string): TextEdit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const close = text.indexOf('\n', to);
  const end = close === -1 ? text.length : close;
  const lines = text.slice(start, end).split('\n');
  const marked = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (marked ? line.slice(mark.length) : `${mark}${line}`)).join('\n');
  return { start, end, text: changed, select: [start + changed.length, start + changed.length] };
}
