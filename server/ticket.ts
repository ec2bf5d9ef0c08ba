import { createPublicKey, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Who may do what until when. `signer` is the replica that vouches for it. */
export type Ticket = { for: string; holder: string; signer: string; expiresAt: number };

export type TicketSigner = (
  ticket: Omit<Ticket, 'signer' | 'expiresAt'>,
) => Promise<{ ticket: string; expiresAt: number }>;

const lifetimeMs = 300_000;
const signerName = /^[a-z0-9][a-z0-9-]{0,62}$/;
const ticketLimit = 2_048;

/**
 * Signs with a key that never leaves this process and is made with its first ticket. Its public half lies in
 * `directory` under the signer's name, where whoever checks tickets finds it.
 */
export function createTicketSigner(directory: string, signer: string): TicketSigner {
  let made: ReturnType<typeof makeKeys> | undefined;
  return async (claims) => {
    made ??= makeKeys();
    const { publicKey, privateKey } = await made;
    await publish(directory, signer, publicKey); // each time, since the folder may have been made anew
    const expiresAt = Date.now() + lifetimeMs;
    const body = Buffer.from(JSON.stringify({ ...claims, signer, expiresAt } satisfies Ticket)).toString('base64url');
    return { ticket: `${body}.${sign(null, Buffer.from(body), privateKey).toString('base64url')}`, expiresAt };
  };
}

/** The ticket if it is valid now, for this purpose; undefined whatever else it is. */
export async function readTicket(directory: string, text: string, purpose: string): Promise<Ticket | undefined> {
  const [body = '', signature = '', ...rest] = text.split('.');
  if (text.length > ticketLimit || rest.length > 0) return undefined;
  const ticket = parse(body);
  if (ticket === undefined || ticket.for !== purpose || ticket.expiresAt <= Date.now()) return undefined;
  const key = await readFile(keyPath(directory, ticket.signer)).then(createPublicKey, () => undefined);
  if (key?.asymmetricKeyType !== 'ed25519') return undefined;
  return verify(null, Buffer.from(body), key, Buffer.from(signature, 'base64url')) ? ticket : undefined;
}

function parse(body: string): Ticket | undefined {
  try {
    const value = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown> | null;
    const { for: purpose, holder, signer, expiresAt } = value ?? {};
    if (typeof purpose !== 'string' || typeof holder !== 'string' || typeof expiresAt !== 'number') return undefined;
    if (typeof signer !== 'string' || !signerName.test(signer)) return undefined;
    return { for: purpose, holder, signer, expiresAt };
  } catch {
    return undefined;
  }
}

const makeKeys = () => promisify(generateKeyPair)('ed25519', {});
const keyPath = (directory: string, signer: string) => join(directory, `${signer}.pem`);

async function publish(directory: string, signer: string, key: KeyObject): Promise<void> {
  await mkdir(directory, { recursive: true });
  const path = keyPath(directory, signer);
  await writeFile(`${path}.new`, key.export({ type: 'spki', format: 'pem' }), { mode: 0o640 });
  await rename(`${path}.new`, path);
}
