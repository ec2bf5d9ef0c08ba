/** What the balancer itself knows of the client; never what the client says of itself. */
export type ForwardedClient = { address: string; protocol: 'http' | 'https'; host: string };

/** Of one connection only (RFC 9110, 7.6.1), or a claim about who the client is. */
const droppedNames = new Set([
  'connection',
  'expect',
  'forwarded',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-real-ip',
]);

/** `Connection` may not name these: without them the message would mean something else. */
const keptNames = /^(?:host|origin|cookie|authorization|content-.*|sec-websocket-.*)$/;

/** `name` in lower case. */
export function isOfOneConnection(name: string): boolean {
  return droppedNames.has(name) || name.startsWith('x-forwarded-');
}

/** The headers to pass on, flat as in `rawHeaders`: order, case and duplicates stay as they came. */
export function endToEndHeaders(rawHeaders: readonly string[]): string[] {
  const listed = namesListedByConnection(rawHeaders);
  const passed: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (isOfOneConnection(lower) || listed?.has(lower)) continue;
    passed.push(name, rawHeaders[index + 1] ?? '');
  }
  return passed;
}

export function forwardedHeaders(client: ForwardedClient): string[] {
  const { address, protocol, host } = client;
  return [
    'X-Forwarded-For',
    address,
    'X-Forwarded-Proto',
    protocol,
    'X-Forwarded-Host',
    host,
    'Forwarded',
    forwarded(client),
  ];
}

/** The same as they stand in a head. */
export function forwardedLines(client: ForwardedClient): string {
  const { address, protocol, host } = client;
  return `X-Forwarded-For: ${address}\r\nX-Forwarded-Proto: ${protocol}\r\nX-Forwarded-Host: ${host}\r\nForwarded: ${forwarded(client)}\r\n`;
}

/** RFC 7239: what has a colon stands in brackets or quotes. */
function forwarded({ address, protocol, host }: ForwardedClient): string {
  const node = address.includes(':') ? `"[${address}]"` : address;
  return `for=${node};proto=${protocol};host="${host}"`;
}

/** As they stand in a head. */
export function headerLines(headers: readonly string[]): string {
  let text = '';
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return text;
}

function namesListedByConnection(rawHeaders: readonly string[]): Set<string> | undefined {
  let listed: Set<string> | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'connection') continue;
    for (const token of (rawHeaders[index + 1] ?? '').split(',')) {
      const name = token.trim().toLowerCase();
      if (name === '' || keptNames.test(name)) continue;
      listed ??= new Set();
      listed.add(name);
    }
  }
  return listed;
}
