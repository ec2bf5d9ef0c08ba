import { isOfOneConnection } from '../forwarded-headers.ts';

/** A GET whose head came whole and leaves no doubt; it has no body. */
export type PlainRequest = {
  readonly url: string;
  readonly headers: PlainHeaders;
  /** Of its head. */
  readonly byteLength: number;
};

/** Of each header there is one. */
export type PlainHeaders = {
  /** As they came, up to the empty line and with it. */
  readonly text: string;
  /** As they came, name and value in turn. */
  readonly raw: readonly string[];
  /** By their names in lower case. */
  readonly named: Readonly<Record<string, string>>;
  /** The lines that may go on to a replica, as they came. */
  readonly endToEndLines: string;
  /** Of a file: the whole of it, on a connection that stays for further requests. */
  readonly asksFor: 'web-socket' | 'whole-file' | 'something-else';
};

const longestHead = 8_192;
const emptyLine = '\r\n';
const [startOfLine, endOfLine] = ['GET ', ' HTTP/1.1\r\n'] as const;
/** RFC 9110, 5.6.2: of what names consist. */
const isToken = Array.from({ length: 128 }, (_, code) => /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(code)));
const [space, tilde, slash, colon, carriageReturn, lineFeed] = [0x20, 0x7e, 0x2f, 0x3a, 0x0d, 0x0a] as const;

/** These say that there is a body or something else to do beside the answer. */
const notPlain = new Set(['content-length', 'transfer-encoding', 'expect', 'te', 'trailer', 'http2-settings']);
/** These may make the answer something else than the whole file. */
const conditions = new Set([
  'range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
]);

/**
 * Reads the head that `bytes` begin with, or undefined where it isn't there yet or is anything but plain. This reader
 * takes only what it is sure of and refuses nothing: all the rest is for Node's parser, which many have attacked.
 * Invariant: of what it takes, that parser reads the same.
 *
 * `latest` are the headers that came before on the same connection: one client's are nearly always the same, and
 * what they say is read once.
 */
export function readPlainRequest(bytes: Buffer, latest?: PlainHeaders): PlainRequest | undefined {
  const text = bytes.toString('latin1', 0, longestHead);
  const endOfUrl = endOfPath(text);
  if (!text.startsWith(startOfLine) || !text.startsWith(endOfLine, endOfUrl)) return undefined;
  const from = endOfUrl + endOfLine.length;
  const headers = latest !== undefined && text.startsWith(latest.text, from) ? latest : readHeaders(text, from);
  if (headers === undefined) return undefined;
  return { url: text.slice(startOfLine.length, endOfUrl), headers, byteLength: from + headers.text.length };
}

function readHeaders(text: string, from: number): PlainHeaders | undefined {
  const raw: string[] = [];
  const named: Record<string, string> = Object.create(null);
  let endToEndLines = '';
  let passedFrom = from;
  let isConditional = false;
  let at = from;
  while (!text.startsWith(emptyLine, at)) {
    const nameEnd = endOfName(text, at);
    const valueEnd = endOfValue(text, nameEnd + 2);
    if (nameEnd === at || valueEnd === undefined || !isSeparator(text, nameEnd)) return undefined;
    const name = text.slice(at, nameEnd);
    const value = text.slice(nameEnd + 2, valueEnd);
    const { lower, isPlain, isCondition, ofOneConnection } = headerName(name);
    if (!isPlain || lower in named) return undefined;
    named[lower] = value;
    raw.push(name, value);
    isConditional ||= isCondition;
    if (ofOneConnection) {
      endToEndLines += text.slice(passedFrom, at);
      passedFrom = valueEnd + 2;
    }
    at = valueEnd + 2;
  }
  endToEndLines += text.slice(passedFrom, at);
  const asksFor = opensWebSocket(named)
    ? 'web-socket'
    : keepsAlive(named) && !isConditional
      ? 'whole-file'
      : 'something-else';
  return { text: text.slice(from, at + emptyLine.length), raw, named, endToEndLines, asksFor };
}

type HeaderName = { lower: string; isPlain: boolean; isCondition: boolean; ofOneConnection: boolean };

/** Everybody sends the same few, and what they are is found out once. */
const knownNames = new Map<string, HeaderName>();
const rememberedNames = 256;

function headerName(name: string): HeaderName {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const found = {
    lower,
    isPlain: !notPlain.has(lower),
    isCondition: conditions.has(lower),
    ofOneConnection: isOfOneConnection(lower),
  };
  if (knownNames.size < rememberedNames) knownNames.set(name, found);
  return found;
}

/** Where the path of the first line ends; at 0 where there is none. */
function endOfPath(text: string): number {
  let at = startOfLine.length;
  if (text.charCodeAt(at) !== slash) return 0;
  while (text.charCodeAt(at) > space && text.charCodeAt(at) <= tilde) at += 1;
  return at;
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

/** The connection stays for further requests and nothing else is asked of it. */
function keepsAlive({ upgrade, connection = 'keep-alive' }: Readonly<Record<string, string>>): boolean {
  return upgrade === undefined && /^keep-alive$/i.test(connection);
}

function opensWebSocket({ upgrade = '', connection = '' }: Readonly<Record<string, string>>): boolean {
  return /^websocket$/i.test(upgrade) && /^(?:keep-alive, ?)?upgrade$/i.test(connection);
}
