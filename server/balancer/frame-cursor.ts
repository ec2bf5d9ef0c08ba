/**
 * Follows one direction of a WebSocket without looking into it, to know where a frame ends: a close frame of ours may
 * stand only there. Costs a glance at the header of each frame.
 */
export class FrameCursor {
  /** Bytes that the frame under way still has; 0 between frames, or in a header. */
  #left = 0;
  /** A header that is not all there yet. */
  #header: Buffer | undefined;

  get betweenFrames(): boolean {
    return this.#left === 0 && this.#header === undefined;
  }

  /** Goes over these bytes, at most to the end of the first frame that ends in them; returns how far it went. */
  toFrameEnd(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left === 0) at += this.#readHeader(bytes, at);
      const taken = Math.min(this.#left, bytes.length - at);
      this.#left -= taken;
      at += taken;
      if (this.betweenFrames) break;
    }
    return at;
  }

  pass(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      // Nearly all of what comes is whole frames, or a piece of a long one.
      if (this.#left >= bytes.length - at) {
        this.#left -= bytes.length - at;
        return;
      }
      at += this.toFrameEnd(at === 0 ? bytes : bytes.subarray(at));
    }
  }

  /** Returns how many of the bytes belonged to the header. */
  #readHeader(bytes: Buffer, at: number): number {
    if (this.#header === undefined) {
      const length = headerLength(bytes, at);
      if (length !== undefined && at + length <= bytes.length) {
        this.#left = payloadLength(bytes, at);
        return length;
      }
    }
    return this.#readInPieces(bytes.subarray(at, at + longestHeader));
  }

  #readInPieces(bytes: Buffer): number {
    const had = this.#header?.length ?? 0;
    const known = Buffer.concat([this.#header ?? Buffer.alloc(0), bytes]);
    const length = headerLength(known, 0);
    if (length === undefined || known.length < length) {
      this.#header = known;
      return bytes.length;
    }
    this.#header = undefined;
    this.#left = payloadLength(known, 0);
    return length - had;
  }
}

/** RFC 6455, 5.2: two bytes, up to eight of length, four of a mask. */
const longestHeader = 14;

function headerLength(bytes: Buffer, at: number): number | undefined {
  const second = bytes[at + 1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

function payloadLength(bytes: Buffer, at: number): number {
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
}
