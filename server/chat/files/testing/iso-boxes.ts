/** Boxes of ISO base media (MP4, QuickTime, HEIF), and the 32-bit numbers in them. */
export const words = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4);
  return bytes;
};

export function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([words(content.length + 8), Buffer.from(type, 'latin1'), content]);
}

/** The same from a version on, as most boxes have it. */
export const versioned = (type: string, ...parts: (Buffer | string)[]) => box(type, words(0), ...parts);
export const handler = (kind: string) => versioned('hdlr', words(0), kind, Buffer.alloc(12), 'name\0');

/** A photo of 2.4 KB whose items lie in ten billion places: each of them is told in no bytes at all. */
export function endlessItems(): Buffer {
  const count = 400;
  const item = Buffer.from([0, 1, 0, 0, 0xff, 0xff]);
  const items = Buffer.concat([Buffer.from([0, 0, count >> 8, count & 255]), ...Array<Buffer>(count).fill(item)]);
  return Buffer.concat([
    box('ftyp', 'heic', words(0)),
    box('meta', words(0), handler('pict'), versioned('iinf', Buffer.alloc(2)), versioned('iloc', items)),
  ]);
}

/** A video with a track of metadata in so many chunks of one byte, each so far from the one before. */
export function crumbs(count: number, apart: number): Buffer {
  const type = box('ftyp', 'mp42', words(0));
  const movie = (from: number) => {
    const places = Buffer.alloc(4 * count);
    for (let chunk = 0; chunk < count; chunk += 1) places.writeUInt32BE(from + chunk * apart, 4 * chunk);
    const tables = [
      versioned('stsz', words(1, count)),
      versioned('stsc', words(1), words(1, 1, 1)),
      versioned('stco', words(count), places),
    ];
    return box('moov', box('trak', box('mdia', handler('meta'), box('minf', box('stbl', ...tables)))));
  };
  // The first one lies behind one byte that stays.
  const from = type.length + movie(0).length + 9;
  return Buffer.concat([type, movie(from), box('mdat', Buffer.alloc(600_001, 'x'))]);
}
