import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createGate } from '../gate.ts';

const derive = promisify(argon2);

/** OWASP's first choice for argon2id (19 MiB, 2 passes, 1 lane): about 30 ms of one core. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** Hashing runs on the threads that SQLite needs too: a storm of sign-ins may have two of them and wait, within bounds. */
const gate = createGate({ atOnce: 2, waiting: 200 });

/** `argon2id$<salt>$<tag>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const message = password.normalize('NFKC');
  const tag = await gate(() => derive('argon2id', { message, nonce, ...parameters }));
  return `argon2id$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

/** Takes as long without a hash as with one, so that time doesn't tell which names exist. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const [, nonce = 'AAAAAAAAAAAAAAAAAAAAAA', expected = ''] = hash?.split('$') ?? [];
  const message = password.normalize('NFKC');
  const salt = Buffer.from(nonce, 'base64url');
  const tag = await gate(() => derive('argon2id', { message, nonce: salt, ...parameters }));
  const wanted = Buffer.from(expected, 'base64url');
  return wanted.length === tag.length && timingSafeEqual(wanted, tag);
}
