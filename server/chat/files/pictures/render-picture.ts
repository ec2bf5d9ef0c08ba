import sharp, { type Metadata, type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { type PictureJob, type PictureOutcome, pixelsLimit } from './picture-job.ts';

// Whoever uploads chooses the bytes: only what reads these few formats is let at them.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
});
// One picture at a time on one core, and nothing kept of it.
sharp.concurrency(1);
sharp.cache(false);

/** Reads a picture and writes it anew: nothing of the file but its pixels, frames and their timing goes on. */
export async function renderPicture({ from, clean, variants }: PictureJob): Promise<PictureOutcome> {
  const metadata = await sharp(from, { limitInputPixels: false, animated: true })
    .metadata()
    .catch(() => undefined);
  if (metadata === undefined) return { kind: 'unreadable' };
  const { width, height, pages = 1, pageHeight = height } = metadata;
  if (width * pageHeight * pages > pixelsLimit) return { kind: 'too-large' };
  const open = (animated = true) =>
    sharp(from, { limitInputPixels: pixelsLimit, animated, sequentialRead: true, failOn: 'none' }).autoOrient();
  const effort = pages > 1 ? 0 : 3; // frame by frame, which takes its time
  try {
    const { mediaType, encode } = encodingOf(metadata);
    if (clean !== undefined) await encode(open()).toFile(clean);
    let source = open;
    for (const { path, ...size } of variants) {
      const enlarge = size.fit === 'cover';
      await source()
        .resize({ ...size, withoutEnlargement: !enlarge })
        .webp({ quality: 80, effort })
        .toFile(path);
      // The next one is smaller: a large picture is decoded as seldom as can be.
      source = (animated = true) => sharp(path, { animated });
    }
    const turned = (metadata.orientation ?? 1) >= 5;
    const [shownWidth, shownHeight] = turned ? [pageHeight, width] : [width, pageHeight];
    return {
      kind: 'done',
      mediaType,
      width: shownWidth,
      height: shownHeight,
      thumbhash: await thumbhashOf(source(false)),
    };
  } catch {
    return { kind: (await canBeRead(open(false))) ? 'failed' : 'unreadable' };
  }
}

async function canBeRead(picture: Sharp): Promise<boolean> {
  return picture
    .resize(8)
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
}

function encodingOf({ format, chromaSubsampling }: Metadata): { mediaType: string; encode(picture: Sharp): Sharp } {
  switch (format) {
    case 'jpeg':
      return {
        mediaType: 'image/jpeg',
        encode: (picture) =>
          picture.jpeg({ quality: 92, chromaSubsampling: chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0' }),
      };
    case 'png':
      return { mediaType: 'image/png', encode: (picture) => picture.png() };
    case 'gif':
      return { mediaType: 'image/gif', encode: (picture) => picture.gif() };
    default:
      // AVIF takes too long to be written.
      return { mediaType: 'image/webp', encode: (picture) => picture.webp({ quality: 92, effort: 3 }) };
  }
}

async function thumbhashOf(picture: Sharp): Promise<string> {
  const { data, info } = await picture
    .resize({ width: 100, height: 100, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
