/** A GET whose head came whole and leaves no doubt. Of each header there is one; the names are in lower case. */
export type PlainRequest = {
  readonly method: 'GET';
  readonly url: string;
  /** As they came, name and value in turn. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Of its head; it has no body. */
  readonly byteLength: number;
};

const longestHead = 8_192;
const startLine = /GET (\/[\x21-\x7e]*) HTTP\/1\.1\r\n/y;
const headerLine = /([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)\r\n/y;

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
  for (let at = startLine.lastIndex; at < text.length; at = headerLine.lastIndex) {
    headerLine.lastIndex = at;
    const line = headerLine.exec(text);
    if (line === null) return undefined;
    const [, name = '', value = ''] = line;
    const lower = name.toLowerCase();
    if (lower in headers || notPlain.has(lower)) return undefined;
    headers[lower] = value;
    rawHeaders.push(name, value);
  }
  return { method: 'GET', url: start[1] ?? '', rawHeaders, headers, byteLength: end + 4 };
}

/** Whether the connection stays for further requests and nothing else is asked of it. */
export function keepsAlive({ headers }: PlainRequest): boolean {
  return headers.upgrade === undefined && /^keep-alive$/i.test(headers.connection ?? 'keep-alive');
}

export function opensWebSocket({ headers }: PlainRequest): boolean {
  return /^websocket$/i.test(headers.upgrade ?? '') && /^(?:keep-alive, ?)?upgrade$/i.test(headers.connection ?? '');
}
