import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

type RequestParts = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'url'>;

/**
 * The request's host as a URL reads it, or undefined for what tRPC's adapter would throw on outside of any handler:
 * a missing, doubled or malformed Host, or a path that no URL can have.
 */
export function requestUrl(request: RequestParts): URL | undefined {
  const hosts = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  const { host } = request.headers;
  const { url = '' } = request;
  if (hosts.length !== 1 || host === undefined || !/^[^\s/@?#\\%]+$/.test(host)) return undefined;
  if (!url.startsWith('/') || !URL.canParse(`http://${host}`) || !URL.canParse(url, `http://${host}`)) return undefined;
  const parsed = new URL(url, `http://${host}`);
  return parsed.host === new URL(`http://${host}`).host ? parsed : undefined;
}

/**
 * Whether a page of this origin may act with the visitor's cookie. With a public origin only that one; without, the
 * page must come from the very host that is asked, and that be localhost or an IP address, which no foreign name can
 * be made to point to.
 */
export function originAllowed(origin: string | undefined, url: URL, publicOrigin: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (publicOrigin !== undefined) return origin === publicOrigin;
  const { host, hostname } = new URL(origin);
  return host === url.host && (hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0);
}
