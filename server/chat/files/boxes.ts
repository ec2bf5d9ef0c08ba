import type { FileHandle } from 'node:fs/promises';

/** ISO base media (MP4, QuickTime, HEIF), with what may still be read and written of it: strangers make these files. */
export type BoxFile = { file: FileHandle; size: number; boxesLeft: number; blankLeft: number };

/** Where a box and what it holds begin, and where it ends. */
export type Box = { type: string; start: number; content: number; end: number };

const headBytes = 16;
const blankBytes = 65_536;
const mostBoxes = 20_000;

export async function asBoxFile(file: FileHandle): Promise<BoxFile> {
  const { size } = await file.stat();
  return { file, size, boxesLeft: mostBoxes, blankLeft: size };
}

/** The boxes from one place to another, until something isn't one. */
export async function* boxesIn(media: BoxFile, from: number, to: number): AsyncGenerator<Box> {
  const head = Buffer.alloc(headBytes);
  for (let start = from; start + 8 <= to && media.boxesLeft > 0; media.boxesLeft -= 1) {
    const { bytesRead } = await media.file.read(head, 0, Math.min(headBytes, to - start), start);
    if (bytesRead < 8) return;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && bytesRead === headBytes;
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - start : short;
    const content = start + (isLong ? headBytes : 8);
    const end = start + size;
    if (end < content || end > to) return;
    yield { type: head.toString('latin1', 4, 8), start, content, end };
    start = end;
  }
}

export async function boxIn(media: BoxFile, type: string, from: number, to: number): Promise<Box | undefined> {
  for await (const box of boxesIn(media, from, to)) if (box.type === type) return box;
  return undefined;
}

/** Empty where it is longer than what such a box may be. */
export async function contentOf({ file }: BoxFile, { content, end }: Box, longest: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - content > longest ? 0 : end - content);
  if (bytes.length > 0) await file.read(bytes, 0, bytes.length, content);
  return bytes;
}

/** As long as it was, so that everything else stays where it is, but a box that readers pass over. */
export async function blankBox(media: BoxFile, { start, content, end }: Box): Promise<void> {
  await blank(media, content, end);
  await media.file.write('free', start + 4, 'latin1');
}

export async function blank(media: BoxFile, from: number, to: number): Promise<void> {
  const end = Math.min(to, media.size, from + media.blankLeft);
  media.blankLeft -= Math.max(0, end - from);
  const zeros = Buffer.alloc(Math.min(blankBytes, Math.max(0, end - from)));
  for (let at = from; at < end; at += zeros.length)
    await media.file.write(zeros, 0, Math.min(zeros.length, end - at), at);
}
