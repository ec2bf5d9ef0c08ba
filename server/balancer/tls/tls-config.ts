import { integer, SettingError, text } from '../../environment.ts';

export type TlsConfig =
  | { kind: 'files'; certificatePath: string; keyPath: string }
  | { kind: 'acme'; directory: string; authority: string; email: string | undefined; name: string };

type Environment = Record<string, string | undefined>;

const letsEncrypt = 'https://acme-v02.api.letsencrypt.org/directory';

export function readTls(environment: Environment, publicUrl: string | undefined): TlsConfig | undefined {
  const certificatePath = text(environment, 'TLS_CERT', '');
  const keyPath = text(environment, 'TLS_KEY', '');
  const directory = text(environment, 'CERTIFICATE_DIRECTORY', '');
  if ((certificatePath === '') !== (keyPath === '')) throw new SettingError('TLS_CERT and TLS_KEY go together.');
  if (certificatePath !== '') {
    if (directory !== '') throw new SettingError('Set either TLS_CERT and TLS_KEY, or CERTIFICATE_DIRECTORY.');
    return { kind: 'files', certificatePath, keyPath };
  }
  if (directory === '') return undefined;
  if (publicUrl?.startsWith('https:') !== true)
    throw new SettingError(
      'CERTIFICATE_DIRECTORY needs PUBLIC_URL, with the https address that the certificate is for.',
    );
  return {
    kind: 'acme',
    directory,
    authority: text(environment, 'ACME_AUTHORITY', letsEncrypt),
    email: text(environment, 'ACME_EMAIL', '') || undefined,
    name: new URL(publicUrl).hostname,
  };
}

export function readHttpPort(environment: Environment, tls: TlsConfig | undefined): number | undefined {
  if (tls === undefined) return undefined;
  if (text(environment, 'HTTP_PORT', '') === '' && tls.kind === 'files') return undefined;
  return integer(environment, 'HTTP_PORT', 80, [0, 65_535]);
}
