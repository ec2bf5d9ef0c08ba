/** Takes a server's bytes after the handshake and gives each WebSocket frame whole (RFC 6455, 5.2; unmasked). */
export type FrameParser = { take(bytes: Buffer): Frame[] };

export type Frame = {
  /** As it came, header and all. */
  whole: Buffer;
  /** Of a final text frame. */
  text: string | undefined;
};

const finalText = 0x81;

export function createFrameParser(): FrameParser {
  let rest: Buffer = Buffer.alloc(0);
  return {
    take(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      const frames: Frame[] = [];
      for (;;) {
        const size = sizeOf(rest);
        if (size === undefined || rest.length < size.header + size.payload) return frames;
        const whole = rest.subarray(0, size.header + size.payload);
        rest = rest.subarray(whole.length);
        frames.push({ whole, text: whole[0] === finalText ? whole.toString('utf8', size.header) : undefined });
      }
    },
  };
}

function sizeOf(bytes: Buffer): { header: number; payload: number } | undefined {
  const short = bytes.length < 2 ? undefined : bytes.readUInt8(1) & 0x7f;
  if (short === undefined) return undefined;
  if (short < 126) return { header: 2, payload: short };
  if (short === 126) return bytes.length < 4 ? undefined : { header: 4, payload: bytes.readUInt16BE(2) };
  return bytes.length < 10 ? undefined : { header: 10, payload: Number(bytes.readBigUInt64BE(2)) };
}

/** An unmasked final text frame. */
export function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  header[0] = finalText;
  if (header.length === 2) header[1] = payload.length;
  else if (header.length === 4) {
    header[1] = 126;
    header.writeUInt16BE(payload.length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([header, payload]);
}
