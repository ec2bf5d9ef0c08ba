import { createHash, randomBytes } from 'node:crypto';
import type { NewSession } from '../store/mutations.ts';

const lifetimeMs = 30 * 86_400_000;

export function mintSession(now = Date.now()): NewSession & { secret: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: hashSecret(secret), expiresAt: now + lifetimeMs };
}

/** What the store keeps: a stolen database opens no session. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
