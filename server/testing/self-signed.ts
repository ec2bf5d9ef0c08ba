import { crypto } from 'acme-client';

/** Of nobody's authority, for `localhost`; each call another one. */
export async function selfSigned(): Promise<{ cert: string; key: string }> {
  const authorization = { identifier: { type: 'dns', value: 'localhost' } };
  const [key, cert] = await crypto.createAlpnCertificate(
    authorization as never,
    'test',
    await crypto.createPrivateEcdsaKey(),
  );
  return { cert: cert.toString(), key: key.toString() };
}
