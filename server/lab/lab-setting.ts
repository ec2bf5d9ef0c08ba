import { onOrOff, SettingError, text } from '../environment.ts';

const here = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether replicas may be killed, frozen, slowed down and cut off from the page: where only this machine reaches it. */
export function readLab(environment: Record<string, string | undefined>): boolean {
  if (!onOrOff(environment, 'LAB', 'off')) return false;
  const open = ['PUBLIC_URL', 'TRUSTED_PROXIES', 'TLS_CERT', 'CERTIFICATE_DIRECTORY'].find(
    (name) => text(environment, name, '') !== '',
  );
  if (open !== undefined || !here.has(text(environment, 'BIND', '127.0.0.1')))
    throw new SettingError(
      `LAB takes on only where nobody else can reach Ronda: with a BIND of this machine's own, and without ${open ?? 'any other'}.`,
    );
  return true;
}
