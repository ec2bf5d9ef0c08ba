import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import {
  asBoxFile,
  type Box,
  type BoxFile,
  beginningOf,
  blank,
  blankBox,
  boxesIn,
  boxIn,
  handlerOf,
  writeBlanks,
} from './boxes.ts';
import { blankPhotoItems } from './photo-items.ts';
import { blankTrackSamples } from './track-samples.ts';

const cleaned = new Set(['video/mp4', 'video/quicktime', 'audio/mp4', 'image/heic']);

export function mayTellPlace(mediaType: string): boolean {
  return cleaned.has(mediaType);
}

/** What such files are made of. What else stands among it, or behind it, a manufacturer has added. */
const structure = new Set(
  'ftyp styp moov moof mfra mdat imda sidx ssix prft emsg pdin meta udta free skip wide pnot PICT'.split(' '),
);

/**
 * Takes out of a video, a recording or an HEIC photo what tells where it was taken, and with which camera: in place and
 * of the same length, nothing is encoded again. Titles and covers of music stay. Done twice it changes nothing more.
 * It waits for the disk itself, for a process of its own; `BoxesRefused` is thrown before anything is written.
 */
export function forgetPlace(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const media = asBoxFile(file);
    cleanAll(media);
    writeBlanks(media);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

function cleanAll(media: BoxFile): void {
  const added: Box[] = [];
  let known = false;
  const boxes = boxesIn(media, 0, media.size);
  let next = boxes.next();
  for (; !next.done; next = boxes.next()) {
    const box = next.value;
    known ||= box.type === 'moov' || box.type === 'meta';
    if (box.type === 'moov') cleanMovie(media, box);
    else if (box.type === 'udta') cleanUserData(media, box);
    else if (box.type === 'meta') {
      blankPhotoItems(media, box);
      if (handlerOf(media, { content: box.content + 4, end: box.end }) !== 'pict') cleanMetadata(media, box);
    } else if (!structure.has(box.type) || isLeftOver(box)) added.push(box);
  }
  // Without its head it is something else that begins alike, or a recording that somebody may want to repair.
  if (!known) return;
  for (const box of added) blankBox(media, box);
  blankRest(media, next.value);
}

/** From where something isn't a box. One that was cut off in the middle of its pictures still shows those before. */
function blankRest(media: BoxFile, start: number): void {
  const { size: end } = media;
  const type = beginningOf(media, { type: '', start, content: start, end }, 8).toString('latin1', 4);
  if (structure.has(type)) return;
  blank(media, start, end);
  // A box without a length goes to the end.
  if (end - start >= 8) blankBox(media, { start, content: end, end });
}

const inside: Record<string, string> = { moov: 'trak', trak: 'mdia', mdia: 'minf', minf: 'stbl' };

/** A movie, one of its tracks, or what is in one. */
function cleanMovie(media: BoxFile, { type, content, end }: Box): void {
  for (const box of boxesIn(media, content, end)) {
    if (box.type === 'trak' && type === 'moov') blankTrackSamples(media, box);
    if (box.type === inside[type]) cleanMovie(media, box);
    else if (box.type === 'udta') cleanUserData(media, box);
    else if (box.type === 'meta') cleanMetadata(media, box);
    else if (box.type === 'uuid' || box.type === 'gps ' || isLeftOver(box)) blankBox(media, box);
  }
}

/** What people and music players write: titles, names, dates, genres, chapters. */
const titles = new Set(
  (
    'titl auth perf gnre dscp albm cprt yrrc kywd name chpl trkn disk covr aART cpil ' +
    '\xa9nam \xa9ART \xa9alb \xa9day \xa9gen \xa9wrt \xa9cpy \xa9des \xa9trk \xa9grp \xa9lyr'
  ).split(' '),
);

/** What cameras write, such as `©xyz` and `loci`, is nowhere listed as a whole, so all goes but titles. */
function cleanUserData(media: BoxFile, { content, end }: Box): void {
  for (const box of boxesIn(media, content, end))
    if (box.type === 'meta') cleanMetadata(media, box);
    else if (!titles.has(box.type)) blankBox(media, box);
}

const telling = new Set('\xa9xyz loci \xa9mak \xa9mod \xa9swr'.split(' '));

/** A list of tags as music has it stays, but for a place and a camera. */
function cleanMetadata(media: BoxFile, box: Box): void {
  // With a version before its boxes, or without one, as QuickTime writes it.
  for (const content of [box.content + 4, box.content]) {
    const around = { content, end: box.end };
    const list = handlerOf(media, around) === 'mdir' ? boxIn(media, 'ilst', around) : undefined;
    if (list === undefined) continue;
    for (const tag of boxesIn(media, list.content, list.end)) if (telling.has(tag.type)) blankBox(media, tag);
    for (const other of boxesIn(media, content, box.end)) if (isLeftOver(other)) blankBox(media, other);
    return;
  }
  blankBox(media, box);
}

/** Where an editor took something out, its bytes may still be. */
function isLeftOver({ type }: Box): boolean {
  return type === 'free' || type === 'skip';
}
