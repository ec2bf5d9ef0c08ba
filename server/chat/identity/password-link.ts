import { randomBytes } from 'node:crypto';
import { hashSecret } from './session-secret.ts';

const lifetimeMs = 86_400_000;

/** The link is `<origin>/reset#<token>`; the store keeps the hash alone. */
export function mintPasswordLink(now = Date.now()): { token: string; secretHash: string; expiresAt: number } {
  const token = randomBytes(32).toString('base64url');
  return { token, secretHash: hashSecret(token), expiresAt: now + lifetimeMs };
}
