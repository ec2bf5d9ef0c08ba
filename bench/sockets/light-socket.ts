import { randomBytes } from 'node:crypto';
import { connect, type NetConnectOpts, type Socket } from 'node:net';

/**
 * A WebSocket client that does next to nothing with what it receives: a thousand of them fit in one process beside
 * the server that is measured. No fragments, no extensions.
 */
export type LightSocket = {
  readonly raw: Socket;
  send(text: string): void;
};

export type LightSocketOptions = {
  to: NetConnectOpts;
  path: string;
  headers: Record<string, string>;
  /** Each text frame; the payload is only valid during the call. */
  onText(payload: Buffer): void;
  onClose(): void;
};

/** Resolves after the 101. */
export function openLightSocket({ to, path, headers, onText, onClose }: LightSocketOptions): Promise<LightSocket> {
  return new Promise((resolve, reject) => {
    const raw = connect(to);
    const key = randomBytes(16).toString('base64');
    const lines = Object.entries({
      Host: 'localhost',
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    raw.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    let upgraded = false;
    let unread: Buffer = Buffer.alloc(0);

    raw.on('data', (chunk: Buffer) => {
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      if (!upgraded) {
        const end = unread.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = unread.toString('latin1', 0, end);
        unread = unread.subarray(end + 4);
        if (!head.startsWith('HTTP/1.1 101')) {
          raw.destroy();
          reject(new Error(`No WebSocket: ${head.split('\r\n')[0]}`));
          return;
        }
        upgraded = true;
        resolve({ raw, send: (text) => void raw.write(maskedFrame(text)) });
      }
      unread = takeFrames(unread, onText, raw);
    });
    raw.on('error', (error) => (upgraded ? raw.destroy() : reject(error)));
    raw.on('close', () => {
      if (upgraded) onClose();
      else reject(new Error('Closed before the 101'));
    });
  });
}

function takeFrames(buffer: Buffer, onText: (payload: Buffer) => void, raw: Socket): Buffer {
  let at = 0;
  while (buffer.length - at >= 2) {
    const opcode = (buffer[at] ?? 0) & 0x0f;
    const short = (buffer[at + 1] ?? 0) & 0x7f;
    const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (buffer.length - at < headerLength) break;
    const length =
      short < 126 ? short : short === 126 ? buffer.readUInt16BE(at + 2) : Number(buffer.readBigUInt64BE(at + 2));
    const end = at + headerLength + length;
    if (buffer.length < end) break;
    if (opcode === 1) onText(buffer.subarray(at + headerLength, end));
    else if (opcode === 9) raw.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
    at = end;
  }
  return buffer.subarray(at);
}

/** Masked with zeros: clients must mask, and nobody here needs hiding. */
function maskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header =
    length < 126
      ? Buffer.from([0x81, 0x80 | length, 0, 0, 0, 0])
      : Buffer.from([0x81, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([header, Buffer.from(text)]);
}
