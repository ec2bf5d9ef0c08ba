import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { BoxesRefused } from './boxes.ts';
import { forgetPlace } from './forget-place.ts';
import { gradient } from './testing/hostile-files.ts';
import { box, crumbs, endlessItems, handler, versioned, words } from './testing/iso-boxes.ts';

async function cleanedOf(bytes: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-place-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'upload');
  await writeFile(path, bytes);
  forgetPlace(path);
  const once = await readFile(path);
  forgetPlace(path);
  expect((await readFile(path)).equals(once)).toBe(true);
  return once;
}

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
  const after = await cleanedOf(before);
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
  const after = await cleanedOf(song);
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
  const after = await cleanedOf(photo);
  expect(after.length).toBe(photo.length);
  expect(after.includes('SecretMaker')).toBe(false);
  const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
  expect((await pixels(after)).equals(await pixels(photo))).toBe(true);
});

test('[F.6] what a manufacturer adds to a video goes, wherever it stands', async () => {
  const film = (...parts: Buffer[]) =>
    Buffer.concat([box('ftyp', 'mp42', words(0)), box('mdat', 'pictures'), ...parts]);
  const place = '+40.4168';
  const camera = 'SecretPhone';
  const movie = box('moov', versioned('mvhd', words(1)));
  const list = box('ilst', box('\xa9nam', 'A title'), box('\xa9mak', camera), box('loci', place));
  const added: Record<string, Buffer> = {
    'beside the movie, in tags': film(movie, box('meta', words(0), handler('mdta'), box('ilst', place))),
    'beside the movie, in user data': film(movie, box('udta', box('\xa9xyz', place))),
    'in a box of its own': film(movie, box('sefd', camera)),
    'behind the last box': film(movie, Buffer.from(`\xff\xff\xff\xffSEFH${place}`, 'latin1')),
    'left over in the movie': film(box('moov', versioned('mvhd', words(1)), box('free', place))),
    'left over in a track': film(box('moov', box('trak', box('mdia', box('skip', place))))),
    'where a dashboard camera lists it': film(box('moov', box('gps ', place))),
    'in tags of music': film(box('moov', box('udta', versioned('meta', handler('mdir'), list, box('free', place))))),
  };
  for (const [where, bytes] of Object.entries(added)) {
    const after = await cleanedOf(bytes);
    expect(after.length).toBe(bytes.length);
    for (const secret of [place, camera]) expect(after.includes(secret), where).toBe(false);
    expect(after.subarray(0, 36).equals(bytes.subarray(0, 36)), where).toBe(true);
    if (bytes.includes('A title')) expect(after.includes('A title')).toBe(true);
  }
});

test('[F.6] a video that was cut off keeps the pictures it has, and one without a head all it has', async () => {
  const type = box('ftyp', 'mp42', words(0));
  const cut = Buffer.concat([words(9_999), Buffer.from('mdat'), Buffer.from('the first pictures')]);
  for (const bytes of [
    Buffer.concat([type, box('moov', versioned('mvhd', words(1))), cut]),
    Buffer.concat([type, box('mdat', ''), Buffer.from('pictures that a crash left')]),
    Buffer.concat([type, box('odrm', 'something else')]),
  ])
    expect((await cleanedOf(bytes)).equals(bytes)).toBe(true);
});

test('[F.6] the moving part of an HEIC photo goes', async () => {
  const photo = [
    ...[box('ftyp', 'heic', words(0)), box('meta', words(0), handler('pict'), box('iprp', 'size'))],
    ...[box('mdat', 'pixels'), box('mpvd', box('moov', box('udta', box('\xa9xyz', '+40.4168'))))],
  ];
  const after = await cleanedOf(Buffer.concat(photo));
  expect(after.includes('40.4168')).toBe(false);
  const still = Buffer.concat(photo.slice(0, 3));
  expect(after.subarray(0, still.length).equals(still)).toBe(true);
});

test('[F.6] titles, names and chapters outside of a list of tags stay', async () => {
  const names = ['titl', '\xa9nam', '\xa9ART', 'chpl'].map((type) => box(type, `a ${type}`));
  const music = Buffer.concat([
    box('ftyp', 'M4A ', words(0)),
    box('moov', box('trak', box('udta', box('name', 'a track'))), box('udta', ...names)),
  ]);
  expect((await cleanedOf(music)).equals(music)).toBe(true);
});

test('[F.6] seconds whose sizes are told in few bits are emptied too', async () => {
  const type = box('ftyp', 'mp42', words(0));
  const sizes: [number, Buffer][] = [
    [4, Buffer.from([0x53, 0x40])],
    [8, Buffer.from([5, 3, 4])],
    [16, Buffer.from([0, 5, 0, 3, 0, 4])],
  ];
  for (const [bits, table] of sizes) {
    const tables = [
      versioned('stz2', words(bits, 3), table),
      versioned('stsc', words(1), words(1, 3, 1)),
      versioned('stco', words(1), words(type.length + 8)),
    ];
    const track = box('trak', box('mdia', handler('meta'), box('minf', box('stbl', ...tables))));
    const after = await cleanedOf(Buffer.concat([type, box('mdat', 'GPS+40.4168+', 'kept'), box('moov', track)]));
    expect(after.subarray(type.length + 8, type.length + 24).toString('latin1')).toBe(`${'\0'.repeat(12)}kept`);
  }
});

test('[G10] more places, boxes or rows than any camera writes are refused, and nothing is overwritten', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-place-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'upload');
  const type = box('ftyp', 'mp42', words(0));
  const empty = Buffer.alloc(8 * 450_000, box('wide'));
  const long = versioned('stsz', words(0, 1), Buffer.alloc(17_000_000));
  for (const bytes of [
    crumbs(250_000, 2),
    Buffer.concat([type, box('moov', empty)]),
    Buffer.concat([type, box('moov', box('trak', box('mdia', handler('meta'), box('minf', box('stbl', long)))))]),
  ]) {
    await writeFile(path, bytes);
    expect(() => forgetPlace(path)).toThrow(BoxesRefused);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  }
  // As many side by side are one place.
  const side = await cleanedOf(crumbs(250_000, 1));
  expect(side.subarray(-600_001).equals(Buffer.from(`x${'\0'.repeat(250_000)}${'x'.repeat(350_000)}`))).toBe(true);
});

test('[G10] boxes that lie about themselves, nest without end or are too many cost no more than reading some of them', async () => {
  const nested = Array.from({ length: 200 }).reduce<Buffer>((inner) => box('trak', inner), box('udta', 'x'));
  const liars = [
    endlessItems(),
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
    expect((await cleanedOf(file)).length).toBe(file.length);
  }
});
