import { isIP } from 'node:net';

/**
 * Whether a page of this origin may act with the visitor's rights. With a public origin only that one; without, the
 * page must come from the very host that is asked, and that be localhost or an IP address, which no foreign name can
 * be made to point to.
 */
export function originAllowed(
  origin: string | undefined,
  url: { host: string },
  publicOrigin: string | undefined,
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (publicOrigin !== undefined) return origin === publicOrigin;
  const { host, hostname } = new URL(origin);
  return host === url.host && (hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0);
}
