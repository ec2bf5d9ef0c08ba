import { crypto } from 'acme-client';
import type { Certificate } from '../tls/certificate.ts';

/** Of nobody's authority, for `localhost`; each call another one. */
export async function selfSigned(): Promise<Certificate> {
  const authorization = { identifier: { type: 'dns', value: 'localhost' } };
  const [key, cert] = await crypto.createAlpnCertificate(
    authorization as never,
    'test',
    await crypto.createPrivateEcdsaKey(),
  );
  return { cert: cert.toString(), key: key.toString() };
}
