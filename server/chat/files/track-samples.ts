import { type Box, type BoxFile, blank, boxIn, contentOf } from './boxes.ts';

/** Of a table; one that is longer isn't of a track of metadata. */
const longestTable = 1_048_576;

/** Empties what a camera has recorded beside the pictures, second by second, such as where it was: a track of `meta`. */
export async function blankTrackSamples(media: BoxFile, track: Box): Promise<void> {
  const inside = await within(media, track, 'mdia');
  const handler = inside && (await within(media, inside, 'hdlr'));
  if (!inside || !handler || (await contentOf(media, handler, 1_024)).toString('latin1', 8, 12) !== 'meta') return;
  const information = await within(media, inside, 'minf');
  const tables = information && (await within(media, information, 'stbl'));
  if (!tables) return;
  const table = async (type: string) => {
    const box = await within(media, tables, type);
    return box ? contentOf(media, box, longestTable) : Buffer.alloc(0);
  };
  const [sizes, runs, offsets, longOffsets] = [
    await table('stsz'),
    await table('stsc'),
    await table('stco'),
    await table('co64'),
  ];
  const chunks = offsets.length > 0 ? wordsOf(offsets, 8, 4) : wordsOf(longOffsets, 8, 8);
  const each = sizes.length >= 12 ? sizes.readUInt32BE(4) : 0;
  const own = wordsOf(sizes, 12, 4);
  const [first, perChunk] = [0, 1].map((field) => wordsOf(runs, 8, 4).filter((_, index) => index % 3 === field));
  let sample = 0;
  let run = 0;
  for (const [index, start] of chunks.entries()) {
    while ((first?.[run + 1] ?? Number.POSITIVE_INFINITY) <= index + 1) run += 1;
    const samples = perChunk?.[run] ?? 0;
    let bytes = each * samples;
    if (each === 0) for (const size of own.slice(sample, sample + samples)) bytes += size;
    sample += samples;
    await blank(media, start, start + bytes);
  }
}

function within(media: BoxFile, { content, end }: Box, type: string): Promise<Box | undefined> {
  return boxIn(media, type, content, end);
}

function wordsOf(table: Buffer, from: number, width: 4 | 8): number[] {
  const words: number[] = [];
  for (let at = from; at + width <= table.length; at += width)
    words.push(width === 4 ? table.readUInt32BE(at) : Number(table.readBigUInt64BE(at)));
  return words;
}
