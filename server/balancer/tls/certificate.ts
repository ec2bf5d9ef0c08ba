import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** Both in PEM; `cert` with the chain behind it. */
export type Certificate = { cert: string; key: string };

export type CertificateSource = {
  /** Undefined while the first one is awaited: until then no handshake of TLS succeeds. */
  readonly current: Certificate | undefined;
  close(): void;
};

/** Why no server could use it, or undefined. */
export function faultInCertificate({ cert, key }: Certificate): string | undefined {
  try {
    createSecureContext({ cert, key });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export function expiryOf({ cert }: Certificate): { from: number; to: number } {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  return { from: validFromDate.getTime(), to: validToDate.getTime() };
}

/** What browsers of the last ten years speak, all of it with forward secrecy. */
export const tlsOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
  ecdhCurve: 'X25519:P-256:P-384',
  honorCipherOrder: true,
  ALPNProtocols: ['http/1.1'],
} as const;
