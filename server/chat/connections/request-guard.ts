import type { IncomingMessage } from 'node:http';

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
