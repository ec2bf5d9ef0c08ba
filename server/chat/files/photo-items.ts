import { type Box, type BoxFile, blank, boxesIn, boxIn, contentOf } from './boxes.ts';

const longest = 1_048_576;
/** What is written beside an HEIC photo: EXIF, and XMP, which is a `mime` item. */
const written = new Set(['Exif', 'mime']);

/** Empties what the camera wrote beside a photo. Which way is up is told elsewhere in it. */
export async function blankPhotoItems(media: BoxFile, { content, end }: Box): Promise<void> {
  const inside = content + 4;
  const [information, locations, data] = await Promise.all(
    ['iinf', 'iloc', 'idat'].map((type) => boxIn(media, type, inside, end)),
  );
  if (information === undefined || locations === undefined) return;
  const items = await itemsIn(media, information);
  const places = extentsIn(await contentOf(media, locations, longest));
  for (const { item, method, from, bytes } of places) {
    if (!items.has(item) || bytes === 0) continue;
    if (method === 0) await blank(media, from, from + bytes);
    else if (method === 1 && data)
      await blank(media, data.content + from, Math.min(data.end, data.content + from + bytes));
  }
}

async function itemsIn(media: BoxFile, information: Box): Promise<Set<number>> {
  const [version = 0] = await contentOf(media, { ...information, end: information.content + 1 }, 1);
  const items = new Set<number>();
  for await (const entry of boxesIn(media, information.content + (version === 0 ? 6 : 8), information.end)) {
    const bytes = await contentOf(media, { ...entry, end: Math.min(entry.end, entry.content + 16) }, 16);
    const wide = bytes[0] === 3;
    if (entry.type !== 'infe' || bytes.length < 12 || (bytes[0] ?? 0) < 2) continue;
    const item = wide ? bytes.readUInt32BE(4) : bytes.readUInt16BE(4);
    if (written.has(bytes.toString('latin1', wide ? 10 : 8, wide ? 14 : 12))) items.add(item);
  }
  return items;
}

type Extent = { item: number; method: number; from: number; bytes: number };

function extentsIn(table: Buffer): Extent[] {
  const extents: Extent[] = [];
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
    const count = next(version < 2 ? 2 : 4);
    for (let index = 0; index < count; index += 1) {
      const item = next(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : next(2) & 15;
      next(2);
      const base = next(more >> 4);
      for (let left = next(2); left > 0; left -= 1) {
        if (version > 0) next(more & 15);
        const from = base + next(sizes >> 4);
        extents.push({ item, method, from, bytes: next(sizes & 15) });
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return extents;
}
