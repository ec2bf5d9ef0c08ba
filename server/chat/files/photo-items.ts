import { type Box, type BoxFile, beginningOf, blank, boxesIn, boxIn, contentOf } from './boxes.ts';

const longest = 1_048_576;
/** What is written beside an HEIC photo: EXIF, and XMP, which is a `mime` item. */
const written = new Set(['Exif', 'mime']);

/** Empties what the camera wrote beside a photo. Which way is up is told elsewhere in it. */
export function blankPhotoItems(media: BoxFile, { content, end }: Box): void {
  const inside = { content: content + 4, end };
  const information = boxIn(media, 'iinf', inside);
  const locations = boxIn(media, 'iloc', inside);
  const data = boxIn(media, 'idat', inside);
  if (information === undefined || locations === undefined) return;
  const items = itemsIn(media, information);
  for (const { item, method, from, bytes } of extentsIn(contentOf(media, locations, longest))) {
    if (!items.has(item)) continue;
    if (method === 0) blank(media, from, from + bytes);
    else if (method === 1 && data) blank(media, data.content + from, Math.min(data.end, data.content + from + bytes));
  }
}

function itemsIn(media: BoxFile, information: Box): Set<number> {
  const [version = 0] = beginningOf(media, information, 1);
  const items = new Set<number>();
  for (const entry of boxesIn(media, information.content + (version === 0 ? 6 : 8), information.end)) {
    const bytes = beginningOf(media, entry, 16);
    const wide = bytes[0] === 3;
    if (entry.type !== 'infe' || bytes.length < (wide ? 14 : 12) || (bytes[0] ?? 0) < 2) continue;
    const item = wide ? bytes.readUInt32BE(4) : bytes.readUInt16BE(4);
    if (written.has(bytes.toString('latin1', wide ? 10 : 8, wide ? 14 : 12))) items.add(item);
  }
  return items;
}

type Extent = { item: number; method: number; from: number; bytes: number };

/** No more than the table has bytes. */
function* extentsIn(table: Buffer): Generator<Extent> {
  let at = 0;
  /** A number of so many bytes; a table that ends too early throws. */
  const next = (width: number): number => {
    at += width;
    if (width === 0) return 0;
    if (width === 8) return Number(table.readBigUInt64BE(at - 8));
    return table.readUIntBE(at - width, width);
  };
  try {
    const version = next(1);
    next(3);
    const [sizes, more] = [next(1), next(1)];
    const widths = { index: version > 0 ? more & 15 : 0, from: sizes >> 4, bytes: sizes & 15 };
    const count = next(version < 2 ? 2 : 4);
    for (let index = 0; index < count; index += 1) {
      const item = next(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : next(2) & 15;
      next(2);
      const base = next(more >> 4);
      const extents = next(2);
      // Of one without a length nothing could be emptied, and of one without a width there could be any number.
      if (widths.bytes === 0) at += extents * (widths.index + widths.from);
      else
        for (let left = extents; left > 0; left -= 1) {
          next(widths.index);
          const from = base + next(widths.from);
          yield { item, method, from, bytes: next(widths.bytes) };
        }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
