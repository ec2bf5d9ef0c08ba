import { open } from 'node:fs/promises';
import { asBoxFile, type Box, type BoxFile, blank, blankBox, boxesIn, boxIn, contentOf } from './boxes.ts';
import { blankPhotoItems } from './photo-items.ts';
import { blankTrackSamples } from './track-samples.ts';

const cleaned = new Set(['video/mp4', 'video/quicktime', 'audio/mp4', 'image/heic']);

/**
 * Takes out of a video, a recording or an HEIC photo what tells where it was taken, and with which camera: in place and
 * of the same length, nothing is encoded again. Titles and covers of music stay. Done twice it changes nothing more.
 */
export async function forgetPlace(path: string, mediaType: string): Promise<void> {
  if (!cleaned.has(mediaType)) return;
  const file = await open(path, 'r+');
  try {
    const media = await asBoxFile(file);
    for await (const box of boxesIn(media, 0, media.size)) {
      if (box.type === 'moov') await cleanMovie(media, box);
      else if (box.type === 'meta') await blankPhotoItems(media, box);
      else if (box.type === 'uuid' && (await isXmp(media, box))) await blankBox(media, box);
      else if (box.type === 'free' || box.type === 'skip') await blank(media, box.content, box.end);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A movie, or one of its tracks, in which there are no others. */
async function cleanMovie(media: BoxFile, { type, content, end }: Box): Promise<void> {
  for await (const box of boxesIn(media, content, end)) {
    if (box.type === 'trak' && type === 'moov') {
      await blankTrackSamples(media, box);
      await cleanMovie(media, box);
    } else if (box.type === 'udta') await cleanUserData(media, box);
    else if (box.type === 'meta') await cleanMetadata(media, box);
    else if (box.type === 'uuid') await blankBox(media, box);
  }
}

/** What cameras write, such as `©xyz` and `loci`; what music players write is in its `meta`. */
async function cleanUserData(media: BoxFile, { content, end }: Box): Promise<void> {
  for await (const box of boxesIn(media, content, end))
    if (box.type === 'meta') await cleanMetadata(media, box);
    else await blankBox(media, box);
}

/** A list of tags as music has it stays, but for a place. */
async function cleanMetadata(media: BoxFile, box: Box): Promise<void> {
  // With a version before its boxes, or without one, as QuickTime writes it.
  for (const content of [box.content + 4, box.content]) {
    const handler = await boxIn(media, 'hdlr', content, box.end);
    if (handler === undefined) continue;
    const kind = (await contentOf(media, handler, 1_024)).toString('latin1', 8, 12);
    const list = kind === 'mdir' ? await boxIn(media, 'ilst', content, box.end) : undefined;
    if (list === undefined) continue;
    for await (const tag of boxesIn(media, list.content, list.end))
      if (tag.type === '\xa9xyz') await blankBox(media, tag);
    return;
  }
  await blankBox(media, box);
}

const xmp = 'be7acfcb97a942e89c71999491e3afac';

async function isXmp(media: BoxFile, box: Box): Promise<boolean> {
  const head = await contentOf(media, { ...box, end: Math.min(box.end, box.content + 16) }, 16);
  return head.toString('hex') === xmp;
}
