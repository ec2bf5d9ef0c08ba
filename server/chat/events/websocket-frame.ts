/** An unmasked, final text frame, as a server sends it (RFC 6455, 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = 0x81;
  if (length < 126) frame[1] = length;
  else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headerLength);
  return frame;
}

/** The text of a tRPC answer to subscription `wireId`, tracked by `cursor`; `payload` is JSON already. */
export function trackedText(wireId: number | string, cursor: string, payload: string): string {
  return `{"id":${JSON.stringify(wireId)},"result":{"type":"data","id":"${cursor}","data":{"id":"${cursor}","data":${payload}}}}`;
}
