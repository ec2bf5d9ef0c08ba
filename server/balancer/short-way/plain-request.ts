import { isOfOneConnection } from '../forwarded-headers.ts';

/** A GET whose head came whole and leaves no doubt. Of each header there is one; the names are in lower case. */
export type PlainRequest = {
  readonly method: 'GET';
  readonly url: string;
  /** As they came, name and value in turn. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** The lines that may go on to a replica, as they came. */
  readonly endToEndLines: string;
  /** Of its head; it has no body. */
  readonly byteLength: number;
};

const longestHead = 8_192;
const startLine = /GET (\/[\x21-\x7e]*) HTTP\/1\.1\r\n/y;
/** RFC 9110, 5.6.2: of what names consist. */
const isToken = Array.from({ length: 128 }, (_, code) => /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(code)));
const [space, tilde, colon, carriageReturn, lineFeed] = [0x20, 0x7e, 0x3a, 0x0d, 0x0a] as const;

/** These say that there is a body or something else to do beside the answer. */
const notPlain = new Set(['content-length', 'transfer-encoding', 'expect', 'te', 'trailer', 'http2-settings']);

/**
 * Reads the head that `bytes` begin with, or undefined where it isn't there yet or is anything but plain. This reader
 * takes only what it is sure of and refuses nothing: all the rest is for Node's parser, which many have attacked.
 * Invariant: of what it takes, that parser reads the same.
 */
export function readPlainRequest(bytes: Buffer): PlainRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1 || end > longestHead) return undefined;
  const text = bytes.toString('latin1', 0, end + 2);
  startLine.lastIndex = 0;
  const start = startLine.exec(text);
  if (start === null) return undefined;
  const rawHeaders: string[] = [];
  const headers: Record<string, string> = Object.create(null);
  let endToEndLines = '';
  let passedFrom = startLine.lastIndex;
  for (let at = passedFrom; at < text.length; ) {
    const nameEnd = endOfName(text, at);
    const valueEnd = endOfValue(text, nameEnd + 2);
    if (nameEnd === at || valueEnd === undefined || !isSeparator(text, nameEnd)) return undefined;
    const name = text.slice(at, nameEnd);
    const value = text.slice(nameEnd + 2, valueEnd);
    const { lower, isPlain, ofOneConnection } = headerName(name);
    if (!isPlain || lower in headers) return undefined;
    headers[lower] = value;
    rawHeaders.push(name, value);
    if (ofOneConnection) {
      endToEndLines += text.slice(passedFrom, at);
      passedFrom = valueEnd + 2;
    }
    at = valueEnd + 2;
  }
  endToEndLines += text.slice(passedFrom);
  return { method: 'GET', url: start[1] ?? '', rawHeaders, headers, endToEndLines, byteLength: end + 4 };
}

type HeaderName = { lower: string; isPlain: boolean; ofOneConnection: boolean };

/** Everybody sends the same few, and what they are is found out once. */
const knownNames = new Map<string, HeaderName>();
const rememberedNames = 256;

function headerName(name: string): HeaderName {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const found = { lower, isPlain: !notPlain.has(lower), ofOneConnection: isOfOneConnection(lower) };
  if (knownNames.size < rememberedNames) knownNames.set(name, found);
  return found;
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (isToken[text.charCodeAt(at)]) at += 1;
  return at;
}

function isSeparator(text: string, at: number): boolean {
  return text.charCodeAt(at) === colon && text.charCodeAt(at + 1) === space;
}

/** Visible and without a space at either end, up to the end of its line; undefined where it is anything else. */
function endOfValue(text: string, from: number): number | undefined {
  let at = from;
  while (text.charCodeAt(at) >= space && text.charCodeAt(at) <= tilde) at += 1;
  if (at === from || text.charCodeAt(from) === space || text.charCodeAt(at - 1) === space) return undefined;
  return text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === lineFeed ? at : undefined;
}

/** Whether the connection stays for further requests and nothing else is asked of it. */
export function keepsAlive({ headers }: PlainRequest): boolean {
  return headers.upgrade === undefined && /^keep-alive$/i.test(headers.connection ?? 'keep-alive');
}

export function opensWebSocket({ headers }: PlainRequest): boolean {
  return /^websocket$/i.test(headers.upgrade ?? '') && /^(?:keep-alive, ?)?upgrade$/i.test(headers.connection ?? '');
}
