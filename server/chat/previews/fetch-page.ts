import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { NetworkPolicy } from './network-policy.ts';

export type FetchedPage = { url: string; contentType: string; body: Buffer };
export type PageFetcher = (url: string, signal?: AbortSignal) => Promise<FetchedPage | undefined>;

type Resolve = (host: string) => Promise<string[]>;

const mostRedirects = 3;
const mostBytes = 512 * 1024;
const timeLimitMs = 5_000;

/**
 * Fetches web pages for previews, and nothing that the policy doesn't allow: each hop's host is looked up once, and the
 * connection goes to the address that was checked. Whatever isn't a page, in time, is undefined.
 */
export function createPageFetcher(policy: NetworkPolicy, resolve: Resolve = addressesOf): PageFetcher {
  return async (first, stop) => {
    const signal = AbortSignal.any([AbortSignal.timeout(timeLimitMs), ...(stop ? [stop] : [])]);
    let url = first;
    try {
      for (let hop = 0; hop <= mostRedirects; hop += 1) {
        const response = await request(new URL(url), policy, resolve, signal);
        if (response === undefined) return undefined;
        const { statusCode = 0, headers } = response;
        if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
          response.destroy();
          url = new URL(headers.location, url).href;
          continue;
        }
        const contentType = headers['content-type'] ?? '';
        if (statusCode === 200 && isHtml(contentType) && (headers['content-encoding'] ?? 'identity') === 'identity')
          return { url, contentType, body: await beginningOf(response) };
        response.destroy();
        return undefined;
      }
    } catch {
      // A host that isn't there, a broken answer, or too slow: there is no preview.
    }
    return undefined;
  };
}

async function request(
  url: URL,
  policy: NetworkPolicy,
  resolve: Resolve,
  signal: AbortSignal,
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
    const headers = {
      host: url.host,
      accept: 'text/html',
      'accept-encoding': 'identity',
      'user-agent': 'Ronda (link preview)',
    };
    const options = { host: address, port, path: `${url.pathname}${url.search}`, headers, agent: false, signal };
    const call = secure
      ? https.get({ ...options, ...(isIP(name) ? {} : { servername: name }) }, answer)
      : http.get(options, answer);
    call.on('error', reject);
  });
}

/** What is past the limit isn't needed: the title stands at the beginning. */
async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, mostBytes - bytes));
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(chunks);
}

function isHtml(contentType: string): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(contentType);
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
