import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { forgetPlace } from './forget-place.ts';
import { gradient } from './testing/hostile-files.ts';

async function cleanedOf(bytes: Buffer, mediaType: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-place-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'upload');
  await writeFile(path, bytes);
  await forgetPlace(path, mediaType);
  const once = await readFile(path);
  await forgetPlace(path, mediaType);
  expect((await readFile(path)).equals(once)).toBe(true);
  return once;
}

const words = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4);
  return bytes;
};

function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([words(content.length + 8), Buffer.from(type, 'latin1'), content]);
}

/** The same from a version on, as most boxes have it. */
const versioned = (type: string, ...parts: (Buffer | string)[]) => box(type, words(0), ...parts);
const handler = (kind: string) => versioned('hdlr', words(0), kind, Buffer.alloc(12), 'name\0');

/** As telephones write it: the place in three ways, and a track that says where it was in each second. */
function video(): Buffer {
  const type = box('ftyp', 'qt  ', words(0), 'qt  ');
  const pictures = Buffer.alloc(5_000, 0xab);
  const start = type.length + 8 + pictures.length;
  const track = (kind: string, ...tables: Buffer[]) =>
    box('trak', versioned('tkhd', words(7)), box('mdia', handler(kind), box('minf', box('stbl', ...tables))));
  const seconds = track(
    'meta',
    versioned('stsz', words(0, 3), words(10, 12, 9)),
    versioned('stsc', words(2), words(1, 2, 1), words(2, 1, 1)),
    versioned('stco', words(2), words(start, start + 30)),
  );
  const seen = track('vide', versioned('stco', words(1), words(type.length + 8)));
  return Buffer.concat([
    type,
    box('mdat', pictures, 'GPS-1-----GPS-2-------.keep...GPS-3----', 'the end'),
    box(
      'moov',
      versioned('mvhd', words(1)),
      seen,
      seconds,
      box('udta', box('\xa9xyz', '+40.4168-003.7038/'), box('loci', 'Madrid'), box('\xa9mod', 'SecretPhone')),
      box('meta', handler('mdta'), box('keys', 'com.apple.quicktime.location.ISO6709'), box('ilst', '+40.4168')),
    ),
    box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), '<exif:GPSLatitude>40,25N'),
    box('free', 'what +40.4168 an editor left'),
  ]);
}

test('[F.6] a video forgets where it was taken and with what, in its head, beside its pictures and in each second of them', async () => {
  const before = video();
  const after = await cleanedOf(before, 'video/quicktime');
  expect(after.length).toBe(before.length);
  for (const secret of ['40.4168', 'Madrid', 'SecretPhone', 'GPSLatitude', 'GPS-1', 'GPS-2', 'GPS-3'])
    expect(after.includes(secret), secret).toBe(false);
  // All else is where it was, to the byte.
  const movie = before.indexOf('moov');
  const changedFrom = before.indexOf('GPS-1');
  expect(after.subarray(0, changedFrom).equals(before.subarray(0, changedFrom))).toBe(true);
  for (const kept of ['.keep...', 'the end']) expect(after.indexOf(kept)).toBe(before.indexOf(kept));
  const user = before.indexOf('udta');
  const heads = (bytes: Buffer) => bytes.subarray(movie - 4, user - 4);
  expect(heads(after).equals(heads(before))).toBe(true);
});

test('[F.6] music keeps its titles and its cover, but no place', async () => {
  const tags = box('ilst', box('\xa9nam', box('data', 'A title')), box('covr', 'cover'), box('\xa9xyz', '+40.4168'));
  const song = Buffer.concat([
    box('ftyp', 'M4A ', words(0)),
    box('moov', box('udta', versioned('meta', handler('mdir'), tags))),
    box('mdat', 'sound'),
  ]);
  const after = await cleanedOf(song, 'audio/mp4');
  for (const kept of ['A title', 'cover', 'sound']) expect(after.includes(kept), kept).toBe(true);
  expect(after.includes('40.4168')).toBe(false);
});

test('[F.6] a photo of the HEIF family loses its EXIF in place, and is the same picture', async () => {
  // sharp writes no HEIC; AVIF is the same boxes around another codec.
  const photo = await gradient(64, 48)
    .withExif({ IFD0: { Make: 'SecretMaker' }, IFD3: { GPSLatitude: '40/1 25/1 0/1' } })
    .avif()
    .toBuffer();
  expect(photo.includes('SecretMaker')).toBe(true);
  const after = await cleanedOf(photo, 'image/heic');
  expect(after.length).toBe(photo.length);
  expect(after.includes('SecretMaker')).toBe(false);
  const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
  expect((await pixels(after)).equals(await pixels(photo))).toBe(true);
});

test('[G10] boxes that lie about themselves, nest without end or are too many cost no more than reading some of them', async () => {
  const nested = Array.from({ length: 200 }).reduce<Buffer>((inner) => box('trak', inner), box('udta', 'x'));
  const liars = [
    Buffer.concat([words(0xffff_ffff), Buffer.from('moov')]),
    Buffer.concat([words(1), Buffer.from('moov'), Buffer.alloc(8, 0xff)]),
    box('moov', nested),
    box('moov', Buffer.from(Array.from({ length: 30_000 }).fill([0, 0, 0, 8, 102, 114, 101, 101]).flat() as number[])),
    box('meta', words(0), versioned('iinf', 'xxxx'), versioned('iloc', words(0xffff_ffff, 0xffff_ffff))),
    box(
      'moov',
      box(
        'trak',
        box(
          'mdia',
          handler('meta'),
          box(
            'minf',
            box(
              'stbl',
              versioned('stsz', words(0x7fff_ffff, 0x7fff_ffff)),
              versioned('stsc', words(1), words(1, 0x7fff_ffff, 1)),
              versioned('stco', words(3), words(40, 8, 0xffff_ffff)),
            ),
          ),
        ),
      ),
    ),
  ];
  for (const liar of liars) {
    const file = Buffer.concat([box('ftyp', 'qt  '), liar]);
    expect((await cleanedOf(file, 'video/mp4')).length).toBe(file.length);
  }
});
