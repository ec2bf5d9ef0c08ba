import { readFile } from 'node:fs/promises';
import { SettingError } from '../../environment.ts';
import type { Logger } from '../../logger.ts';
import { type Certificate, type CertificateSource, expiryOf, faultInCertificate } from './certificate.ts';

type Options = {
  certificatePath: string;
  keyPath: string;
  checkMs: number;
  log: Logger;
  changed(certificate: Certificate): void;
};

/**
 * Two files that somebody else renews. They are read again and compared, rather than watched: they may be links to
 * links that are swapped, and one of them may be new before the other.
 */
export async function followCertificateFiles(options: Options): Promise<CertificateSource> {
  const { certificatePath, keyPath, checkMs, log, changed } = options;
  let current = await read();
  const fault = faultInCertificate(current);
  if (fault !== undefined) throw new SettingError(`TLS_CERT and TLS_KEY cannot be used: ${fault}`);
  let told = '';
  const timer = setInterval(() => void check(), checkMs);

  async function check(): Promise<void> {
    try {
      const found = await read();
      if (found.cert === current.cert && found.key === current.key) return;
      const fault = faultInCertificate(found);
      if (fault !== undefined) throw new Error(fault);
      current = found;
      told = '';
      changed(found);
      log.info('certificate-changed', { until: new Date(expiryOf(found).to).toISOString() });
    } catch (error) {
      // The old one goes on; each fault is told once, since a file that is half written is whole a moment later.
      const { message } = error as Error;
      if (message !== told) log.warn('certificate-unusable', { error: message });
      told = message;
    }
  }

  async function read(): Promise<Certificate> {
    const [cert, key] = await Promise.all([readPem('TLS_CERT', certificatePath), readPem('TLS_KEY', keyPath)]);
    return { cert, key };
  }

  return {
    get current() {
      return current;
    },
    close: () => clearInterval(timer),
  };
}

async function readPem(variable: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SettingError(`${variable} names a file that cannot be read: ${(error as Error).message}`);
  }
}
