import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionCookie } from '../context.ts';
import { hashSecret } from '../identity/session-secret.ts';

/** Under TLS the `__Host-` prefix keeps other hosts and paths of the domain from setting it. */
const nameFor = (secure: boolean) => (secure ? '__Host-ronda' : 'ronda');

export function sessionCookie(
  request: IncomingMessage,
  response: ServerResponse,
  publicOrigin: string | undefined,
): SessionCookie {
  const secure = isSecure(request, publicOrigin);
  const write = (value: string, expires: number) =>
    response.setHeader(
      'Set-Cookie',
      `${nameFor(secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Expires=${new Date(expires).toUTCString()}${secure ? '; Secure' : ''}`,
    );
  return {
    secretHash: secretHashOf(request, publicOrigin),
    set: write,
    clear: () => void write('', 0),
  };
}

export function secretHashOf(request: IncomingMessage, publicOrigin: string | undefined): string | undefined {
  const name = nameFor(isSecure(request, publicOrigin));
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined && value !== '') return hashSecret(value);
  }
  return undefined;
}

/** The balancer rebuilds X-Forwarded-Proto; nothing else reaches a replica's socket. */
function isSecure(request: IncomingMessage, publicOrigin: string | undefined): boolean {
  return request.headers['x-forwarded-proto'] === 'https' || (publicOrigin?.startsWith('https:') ?? false);
}

/** The client's address as the balancer saw it. */
export function addressOf(request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-for'];
  const text = Array.isArray(forwarded) ? forwarded.at(-1) : forwarded;
  return text?.split(',').at(-1)?.trim() || 'unknown';
}
