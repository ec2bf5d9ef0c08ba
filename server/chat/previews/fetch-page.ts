import type { IncomingMessage } from 'node:http';
import { checkedRequest, type Resolve } from './checked-request.ts';
import type { NetworkPolicy } from './network-policy.ts';

export type FetchedPage = { url: string; contentType: string; body: Buffer };
export type PageFetcher = (url: string, signal?: AbortSignal) => Promise<FetchedPage | undefined>;

const mostRedirects = 3;
const mostBytes = 512 * 1024;
const timeLimitMs = 5_000;
const headers = { accept: 'text/html', 'accept-encoding': 'identity', 'user-agent': 'Ronda (link preview)' };

/**
 * Fetches web pages for previews, and nothing that the policy doesn't allow: each hop's host is looked up once, and the
 * connection goes to the address that was checked. Whatever isn't a page, in time, is undefined.
 */
export function createPageFetcher(policy: NetworkPolicy, resolve?: Resolve): PageFetcher {
  return async (first, stop) => {
    const signal = AbortSignal.any([AbortSignal.timeout(timeLimitMs), ...(stop ? [stop] : [])]);
    let url = first;
    try {
      for (let hop = 0; hop <= mostRedirects; hop += 1) {
        const response = await checkedRequest(new URL(url), { headers }, policy, signal, resolve);
        if (response === undefined) return undefined;
        const { statusCode = 0, headers: answered } = response;
        if (statusCode >= 300 && statusCode < 400 && answered.location !== undefined) {
          response.destroy();
          url = new URL(answered.location, url).href;
          continue;
        }
        const contentType = answered['content-type'] ?? '';
        if (statusCode === 200 && isHtml(contentType) && (answered['content-encoding'] ?? 'identity') === 'identity')
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
