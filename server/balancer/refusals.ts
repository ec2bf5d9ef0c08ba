import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { endWithin } from './ending.ts';
import { bareSecurityHeaders } from './security-headers.ts';

export type Refusal = {
  status: 400 | 403 | 404 | 405 | 426 | 429 | 500 | 502 | 503 | 504;
  /** Stable, for programs. */
  reason:
    | 'bad-request'
    | 'not-allowed'
    | 'origin-refused'
    | 'not-found'
    | 'too-many'
    | 'no-replica'
    | 'overloaded'
    | 'replica-failed'
    | 'replica-silent'
    | 'internal';
  /** For the person who reads the log of their client. */
  message: string;
  headers?: readonly string[];
};

export const noReplica: Refusal = {
  status: 503,
  reason: 'no-replica',
  message: 'No chat replica is usable at the moment. Try again in a moment.',
  headers: ['Retry-After', '2'],
};

export const overloaded: Refusal = {
  status: 503,
  reason: 'overloaded',
  message: 'Too many connections are waiting already. Try again in a moment.',
  headers: ['Retry-After', '5'],
};

export const tooMany: Refusal = {
  status: 429,
  reason: 'too-many',
  message: 'Too much comes from this address. Try again in a moment.',
  headers: ['Retry-After', '2'],
};

function bodyOf({ reason, message }: Refusal): string {
  return JSON.stringify({ error: { reason, message } });
}

export function refuseRequest(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    // Too late for a status: a broken-off body is the one sign left that the client can't take for a whole one.
    response.destroy();
    return;
  }
  const body = bodyOf(refusal);
  response.writeHead(refusal.status, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Cache-Control',
    'no-store',
    ...bareSecurityHeaders,
    ...(refusal.status === 400 ? ['Connection', 'close'] : []),
    ...(refusal.headers ?? []),
  ]);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** The same on a socket that has left the HTTP server, and ends with it. */
export function refuseHandshake(client: Socket, refusal: Refusal, finTimeoutMs: number): void {
  const body = bodyOf(refusal);
  const headers = refusal.headers ?? [];
  let head = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\nConnection: close\r\n`;
  for (let index = 0; index < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`;
  head += `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  client.write(head + body);
  endWithin(client, finTimeoutMs);
}
