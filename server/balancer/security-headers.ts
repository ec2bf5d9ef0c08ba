/** What a browser may do with anything that the balancer serves itself. Replicas set their own. */
const fixedHeaders = [
  'X-Content-Type-Options',
  'nosniff',
  // Not `no-referrer`, which would make a form's Origin `null`; an invite link still tells no other site.
  'Referrer-Policy',
  'same-origin',
  'Permissions-Policy',
  'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy',
  'same-origin',
  'Cross-Origin-Resource-Policy',
  'same-origin',
  'X-Frame-Options',
  'DENY',
];

/** Where the balancer itself has TLS: browsers come without it never again. */
export const strictTransport = ['Strict-Transport-Security', 'max-age=31536000'] as const;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** For answers that are no page and need no host: refusals and the balancer's state. */
export const bareSecurityHeaders: readonly string[] = [
  'Content-Security-Policy',
  "default-src 'none'; frame-ancestors 'none'",
  ...fixedHeaders,
];

const remembered = new Map<string, readonly string[]>();
const rememberedLimit = 32;

/**
 * `host` must have passed `faultInRequest`, since it becomes part of the policy: older Safari versions don't count
 * a WebSocket to the same host as 'self'.
 */
export function securityHeaders(host: string): readonly string[] {
  const known = remembered.get(host);
  if (known !== undefined) return known;
  const connect = `connect-src 'self' ws://${host} wss://${host}`;
  const headers = ['Content-Security-Policy', [...policy, connect].join('; '), ...fixedHeaders];
  if (remembered.size < rememberedLimit) remembered.set(host, headers);
  return headers;
}
