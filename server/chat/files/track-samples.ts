import { type Box, type BoxFile, blank, boxIn, contentOf, handlerOf } from './boxes.ts';

/** Of a table: four million samples, or an hour at a thousand a second. */
const longestTable = 16_777_216;

/** Empties what a camera has recorded beside the pictures, second by second, such as where it was: a track of `meta`. */
export function blankTrackSamples(media: BoxFile, track: Box): void {
  const inside = boxIn(media, 'mdia', track);
  if (inside === undefined || handlerOf(media, inside) !== 'meta') return;
  const information = boxIn(media, 'minf', inside);
  const tables = information && boxIn(media, 'stbl', information);
  if (!tables) return;
  const table = (type: string): Buffer => {
    const box = boxIn(media, type, tables);
    return box ? contentOf(media, box, longestTable) : Buffer.alloc(0);
  };
  const bytesOf = samplesIn(table('stsz'), table('stz2'));
  const samplesOf = runsIn(table('stsc'));
  let chunk = 0;
  for (const start of chunksIn(table('stco'), table('co64'))) {
    chunk += 1;
    blank(media, start, start + bytesOf(samplesOf(chunk)));
  }
}

/** Of the next so many samples together. */
function samplesIn(sizes: Buffer, compact: Buffer): (samples: number) => number {
  const each = sizes.length >= 12 ? sizes.readUInt32BE(4) : 0;
  if (each > 0) return (samples) => each * samples;
  const [table, bits] = sizes.length >= 12 ? [sizes, 32] : [compact, compact[7] ?? 0];
  const count = bits === 0 ? 0 : Math.floor(((table.length - 12) * 8) / bits);
  const sizeOf = (sample: number): number => {
    if (bits === 4) return ((table[12 + (sample >> 1)] ?? 0) >> (sample % 2 === 0 ? 4 : 0)) & 15;
    return bits % 8 === 0 && bits <= 32 ? table.readUIntBE(12 + (sample * bits) / 8, bits / 8) : 0;
  };
  let sample = 0;
  return (samples) => {
    let bytes = 0;
    for (let left = samples; left > 0 && sample < count; left -= 1, sample += 1) bytes += sizeOf(sample);
    return bytes;
  };
}

/** How many samples are in a chunk; asked from the first one on, which is 1. */
function runsIn(table: Buffer): (chunk: number) => number {
  const runBytes = 12;
  let at = 8;
  return (chunk) => {
    while (at + 2 * runBytes <= table.length && table.readUInt32BE(at + runBytes) <= chunk) at += runBytes;
    return at + runBytes <= table.length ? table.readUInt32BE(at + 4) : 0;
  };
}

/** Where each begins. */
function* chunksIn(offsets: Buffer, longOffsets: Buffer): Generator<number> {
  for (let at = 8; at + 4 <= offsets.length; at += 4) yield offsets.readUInt32BE(at);
  if (offsets.length > 0) return;
  for (let at = 8; at + 8 <= longOffsets.length; at += 8) yield Number(longOffsets.readBigUInt64BE(at));
}
