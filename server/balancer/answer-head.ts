import { endToEndHeaders, headerLines } from './forwarded-headers.ts';

/** A replica's answer to a handshake, as far as its header goes. */
export type AnswerHead = { status: number; reason: string; rawHeaders: string[]; byteLength: number };

const statusLine = /^HTTP\/1\.[01] ([1-5][0-9]{2})(?: ([^\r\n]*))?$/;
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*?)[ \t]*$/;

/** The answer of most servers, to the letter: it needs no more reading, and goes to the client as it is. */
export function usualSwitch(accept: string): string {
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

export function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.length >= text.length && bytes.toString('latin1', 0, text.length) === text;
}

/** Undefined while the end of the head isn't there yet; 'malformed' where it can't be HTTP/1.1. */
export function readAnswerHead(bytes: Buffer): AnswerHead | 'malformed' | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const start = statusLine.exec(first);
  if (start === null) return 'malformed';
  const rawHeaders: string[] = [];
  for (const line of lines) {
    const header = headerLine.exec(line);
    if (header === null) return 'malformed';
    rawHeaders.push(header[1] ?? '', header[2] ?? '');
  }
  return { status: Number(start[1]), reason: start[2] ?? '', rawHeaders, byteLength: end + 4 };
}

export function headerOf({ rawHeaders }: AnswerHead, wanted: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
}

export function isSwitch(head: AnswerHead, accept: string): boolean {
  const [accepted, ...more] = headerOf(head, 'sec-websocket-accept');
  return head.status === 101 && accepted === accept && more.length === 0;
}

export function switchingHead(head: AnswerHead): string {
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${headerLines(endToEndHeaders(head.rawHeaders))}\r\n`;
}

/** An answer that isn't a switch ends the connection, so that nothing the client sends later reaches the replica. */
export function refusingHead(head: AnswerHead): string {
  const encoding = headerOf(head, 'transfer-encoding');
  const framing = encoding.length === 0 ? '' : `Transfer-Encoding: ${encoding.join(', ')}\r\n`;
  return `HTTP/1.1 ${head.status} ${head.reason}\r\nConnection: close\r\n${framing}${headerLines(endToEndHeaders(head.rawHeaders))}\r\n`;
}
