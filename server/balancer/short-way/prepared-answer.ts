import type { Representation } from '../asset.ts';
import type { AssetCache } from '../asset-cache.ts';
import { headerLines } from '../forwarded-headers.ts';
import { securityHeaders, strictTransport } from '../security-headers.ts';
import { chooseRepresentation, findAsset } from '../serve-asset.ts';
import type { PlainRequest } from './plain-request.ts';

type Options = { assets: AssetCache; tls: boolean; keepAliveMs: number };

/** Head and body in one piece, as it was for one host in one second. */
type Prepared = { host: string; second: number; bytes: Buffer };

/** What makes an answer something else than the whole file. */
const conditions = ['range', 'if-none-match', 'if-match', 'if-modified-since', 'if-unmodified-since', 'if-range'];

/**
 * Whole answers for files of the page, ready for one write: Node's objects for a request and its response cost more
 * than all the rest. Each file has its last answer beside it, made anew in the next second, since it tells the date.
 */
export function createPreparedAnswers({ assets, tls, keepAliveMs }: Options) {
  const prepared = new WeakMap<Representation, Prepared>();
  const connection = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1_000)}\r\n`;
  const strict = tls ? headerLines(strictTransport) : '';

  function prepare({ headers, body }: Representation, host: string, second: number): Prepared {
    const head = `HTTP/1.1 200 OK\r\n${strict}${headerLines(headers)}Content-Length: ${body.length}\r\n${headerLines(securityHeaders(host))}`;
    const date = `Date: ${new Date(second * 1_000).toUTCString()}\r\n`;
    return { host, second, bytes: Buffer.concat([Buffer.from(`${head}${date}${connection}\r\n`, 'latin1'), body]) };
  }

  /** Undefined where the whole file isn't the answer. */
  return ({ url, headers }: PlainRequest): Buffer | undefined => {
    const asset = findAsset(assets, url);
    if (asset === undefined || conditions.some((name) => headers[name] !== undefined)) return undefined;
    const representation = chooseRepresentation(asset, headers['accept-encoding']);
    const host = headers.host ?? '';
    const second = Math.floor(Date.now() / 1_000);
    let answer = prepared.get(representation);
    if (answer === undefined || answer.second !== second || answer.host !== host) {
      answer = prepare(representation, host, second);
      prepared.set(representation, answer);
    }
    return answer.bytes;
  };
}
