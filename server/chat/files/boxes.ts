import { fstatSync, readSync, writeSync } from 'node:fs';

/**
 * ISO base media (MP4, QuickTime, HEIF), with how many boxes of it may still be read, and what is to be overwritten.
 * Strangers make these files: where there is too much of anything, `BoxesRefused` is thrown.
 */
export type BoxFile = { file: number; size: number; boxesLeft: number; blanks: Range[]; freed: number[] };

type Range = { from: number; to: number };

/** Where a box and what it holds begin, and where it ends. */
export type Box = { type: string; start: number; content: number; end: number };

/** Of more boxes, tables or places than any camera writes: nobody can say what is still in it. */
export class BoxesRefused extends Error {}

const headBytes = 16;
const blankBytes = 65_536;
/** A film of 24 hours in fragments of a second has 170,000. */
const mostBoxes = 400_000;
/** A camera that writes two in each second takes 28 hours to get there. */
const mostBlanks = 200_000;

export function asBoxFile(file: number): BoxFile {
  return { file, size: fstatSync(file).size, boxesLeft: mostBoxes, blanks: [], freed: [] };
}

/** The boxes from one place to another, until something isn't one; returns where that is. */
export function* boxesIn(media: BoxFile, from: number, to: number): Generator<Box, number> {
  const head = Buffer.alloc(headBytes);
  for (let start = from; ; media.boxesLeft -= 1) {
    if (start + 8 > to) return start;
    if (media.boxesLeft === 0) throw new BoxesRefused('Too many boxes');
    const bytesRead = readSync(media.file, head, 0, Math.min(headBytes, to - start), start);
    if (bytesRead < 8) return start;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && bytesRead === headBytes;
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - start : short;
    const content = start + (isLong ? headBytes : 8);
    const end = start + size;
    if (end < content || end > to) return start;
    yield { type: head.toString('latin1', 4, 8), start, content, end };
    start = end;
  }
}

export function boxIn(media: BoxFile, type: string, { content, end }: Pick<Box, 'content' | 'end'>): Box | undefined {
  for (const box of boxesIn(media, content, end)) if (box.type === type) return box;
  return undefined;
}

/** So many bytes from where its content begins, or fewer where it ends before. */
export function beginningOf({ file }: BoxFile, { content, end }: Box, most: number): Buffer {
  const bytes = Buffer.alloc(Math.min(most, end - content));
  return bytes.subarray(0, bytes.length === 0 ? 0 : readSync(file, bytes, 0, bytes.length, content));
}

export function contentOf(media: BoxFile, box: Box, longest: number): Buffer {
  if (box.end - box.content > longest) throw new BoxesRefused('A table is too long');
  return beginningOf(media, box, longest);
}

/** What the boxes beside it are about, such as `mdir`; empty where it doesn't say. */
export function handlerOf(media: BoxFile, around: Pick<Box, 'content' | 'end'>): string {
  const handler = boxIn(media, 'hdlr', around);
  return handler === undefined ? '' : beginningOf(media, handler, 12).toString('latin1', 8, 12);
}

/** As long as it was, so that everything else stays where it is, but a box that readers pass over. */
export function blankBox(media: BoxFile, { start, content, end }: Pick<Box, 'start' | 'content' | 'end'>): void {
  blank(media, content, end);
  media.freed.push(start + 4);
}

/** Nothing is written before `writeBlanks`. */
export function blank({ blanks, size }: BoxFile, from: number, to: number): void {
  const end = Math.min(to, size);
  if (from >= end) return;
  const last = blanks.at(-1);
  if (last?.to === from) last.to = end;
  else if (blanks.push({ from, to: end }) > mostBlanks) throw new BoxesRefused('Too many places to overwrite');
}

/** Each byte once, however many boxes and tables name it. */
export function writeBlanks({ file, blanks, freed }: BoxFile): void {
  const zeros = Buffer.alloc(blankBytes);
  let at = 0;
  for (const { from, to } of blanks.sort((one, other) => one.from - other.from))
    for (at = Math.max(at, from); at < to; ) at += writeSync(file, zeros, 0, Math.min(blankBytes, to - at), at);
  for (const type of freed) writeSync(file, 'free', type, 'latin1');
}
