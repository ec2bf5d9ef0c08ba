import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../logger.ts';
import { type Certificate, type CertificateSource, expiryOf, faultInCertificate } from './certificate.ts';
import type { AcmeChallenges } from './http-door.ts';

type Options = {
  /** Holds the account's key, the certificate and its key; of this balancer alone. */
  directory: string;
  /** The address of the authority's directory (RFC 8555, 7.1.1). */
  authority: string;
  email: string | undefined;
  name: string;
  challenges: AcmeChallenges;
  checkMs: number;
  firstRetryMs: number;
  log: Logger;
  changed(certificate: Certificate): void;
};

const longestRetryMs = 12 * 3_600_000;
/** Of a certificate's life, what is left when the next one is asked for: 30 of 90 days. */
const renewedBeforeEnd = 1 / 3;

/** A certificate that is asked for by ACME, kept in a folder and renewed in time. */
export async function followAcmeCertificate(options: Options): Promise<CertificateSource> {
  const { directory, name, checkMs, firstRetryMs, log, changed } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let current = await readKept(directory);
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  // Not before the caller listens: the authority asks for the challenge at once.
  timer = setTimeout(() => void check(), 0);

  async function check(): Promise<void> {
    let nextMs = checkMs;
    if (current === undefined || isDue(expiryOf(current), Date.now())) {
      try {
        current = await order(options);
        retryMs = firstRetryMs;
        changed(current);
        log.info('certificate-issued', { name, until: new Date(expiryOf(current).to).toISOString() });
      } catch (error) {
        log.error('certificate-refused', { name, error: (error as Error).message, retryMs });
        nextMs = retryMs * (0.5 + Math.random());
        retryMs = Math.min(retryMs * 2, longestRetryMs);
      }
    }
    if (!closed) timer = setTimeout(() => void check(), nextMs);
  }

  return {
    get current() {
      return current;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

export function isDue({ from, to }: { from: number; to: number }, now: number): boolean {
  return now > to - (to - from) * renewedBeforeEnd;
}

async function order({ directory, authority, email, name, challenges }: Options): Promise<Certificate> {
  // Only who wants a certificate loads the client, which is larger than the rest of the balancer.
  const { Client, crypto } = await import('acme-client');
  const client = new Client({ directoryUrl: authority, accountKey: await accountKey(directory, crypto) });
  const [key, csr] = await crypto.createCsr(
    { commonName: name, altNames: [name] },
    await crypto.createPrivateEcdsaKey(),
  );
  const cert = await client.auto({
    csr,
    ...(email === undefined ? {} : { email }),
    termsOfServiceAgreed: true,
    challengePriority: ['http-01'],
    // From inside, the name may lead elsewhere than for the authority.
    skipChallengeVerification: true,
    challengeCreateFn: async (_, { token }, answer) => challenges.set(token, answer),
    challengeRemoveFn: async (_, { token }) => challenges.delete(token),
  });
  const certificate = { cert, key: key.toString() };
  // One file, so that a crash can't leave a key without its certificate.
  await keep(join(directory, 'certificate.json'), JSON.stringify(certificate));
  return certificate;
}

async function accountKey(directory: string, crypto: { createPrivateEcdsaKey(): Promise<Buffer> }): Promise<Buffer> {
  const path = join(directory, 'account-key.pem');
  const kept = await readFile(path).catch(() => undefined);
  if (kept !== undefined) return kept;
  const made = await crypto.createPrivateEcdsaKey();
  await keep(path, made);
  return made;
}

async function readKept(directory: string): Promise<Certificate | undefined> {
  try {
    const { cert, key } = JSON.parse(await readFile(join(directory, 'certificate.json'), 'utf8')) as Certificate;
    return faultInCertificate({ cert, key }) === undefined ? { cert, key } : undefined;
  } catch {
    return undefined;
  }
}

async function keep(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
