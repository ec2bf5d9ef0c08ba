import { hash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { endToEndHeaders, type ForwardedClient, forwardedLines, headerLines } from './forwarded-headers.ts';

/** As Node's parser or our own short way has read it. */
export type UpgradeRequest = Readonly<
  Pick<IncomingMessage, 'method' | 'url' | 'socket'> & {
    headers: IncomingHttpHeaders;
    rawHeaders: readonly string[];
    /** Those that may go on to a replica, where they are known already. */
    endToEndLines?: string;
  }
>;

const keyForm = /^[A-Za-z0-9+/]{22}==$/;
const acceptSalt = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export function asksForWebSocket(request: IncomingMessage): boolean {
  const { upgrade } = request.headers;
  return upgrade !== undefined && upgrade.toLowerCase() === 'websocket';
}

export type UpgradeFault = { status: 400 | 405 | 426; message: string };

/** Beyond `faultInRequest`: what RFC 6455 asks of the opening handshake, and no body that could hide a request. */
export function faultInUpgrade({ method, rawHeaders, headers }: UpgradeRequest): UpgradeFault | undefined {
  if (method !== 'GET') return { status: 405, message: 'a WebSocket opens with GET' };
  if (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0')
    return { status: 400, message: 'a handshake has no body' };
  let versions = 0;
  let keys = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    // Their lengths tell them from nearly all the others.
    if (name.length === 21 && name.toLowerCase() === 'sec-websocket-version') versions += 1;
    if (name.length === 17 && name.toLowerCase() === 'sec-websocket-key') keys += 1;
  }
  if (versions !== 1 || headers['sec-websocket-version'] !== '13')
    return { status: 426, message: 'only version 13 of the WebSocket protocol is spoken here' };
  if (keys !== 1 || !keyForm.test(headers['sec-websocket-key'] ?? ''))
    return { status: 400, message: 'no valid Sec-WebSocket-Key' };
  return undefined;
}

/** The handshake as the replica gets it. */
export function upgradeHead(request: UpgradeRequest, client: ForwardedClient): string {
  const lines = request.endToEndLines ?? headerLines(endToEndHeaders(request.rawHeaders));
  return `GET ${request.url} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${lines}${forwardedLines(client)}\r\n`;
}

/** The one Sec-WebSocket-Accept that proves that the replica understood this handshake. */
export function acceptFor(request: UpgradeRequest): string {
  return hash('sha1', `${request.headers['sec-websocket-key']}${acceptSalt}`, 'base64');
}
