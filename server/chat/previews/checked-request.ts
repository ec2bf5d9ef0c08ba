import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { NetworkPolicy } from './network-policy.ts';

export type Resolve = (host: string) => Promise<string[]>;

type Outgoing = { method?: 'GET' | 'POST'; headers: OutgoingHttpHeaders; body?: Buffer };

/**
 * One request to an address that somebody else has chosen. Its host is looked up once, and the connection goes to the
 * address that was checked; undefined where the policy doesn't allow it, before anything is sent.
 */
export async function checkedRequest(
  url: URL,
  { method = 'GET', headers, body }: Outgoing,
  policy: NetworkPolicy,
  signal: AbortSignal,
  resolve: Resolve = addressesOf,
): Promise<IncomingMessage | undefined> {
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '') return undefined;
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (!policy.allowsPort(port)) return undefined;

  const name = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(name) ? [name] : await inTime(resolve(name), signal);
  const [address] = addresses;
  // One that leads here as well as elsewhere is not to be trusted with either.
  if (address === undefined || !addresses.every(policy.allowsAddress)) return undefined;

  return new Promise((answer, reject) => {
    const path = `${url.pathname}${url.search}`;
    const options = {
      method,
      host: address,
      port,
      path,
      headers: { ...headers, host: url.host },
      agent: false,
      signal,
    };
    const call = secure
      ? https.request({ ...options, ...(isIP(name) ? {} : { servername: name }) }, answer)
      : http.request(options, answer);
    call.on('error', reject).end(body);
  });
}

/** IPv4 first: not every server has a way to the others. */
async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.sort((a, b) => a.family - b.family).map(({ address }) => address);
}

function inTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
