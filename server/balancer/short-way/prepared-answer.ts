import type { Representation } from '../asset.ts';
import type { AssetCache } from '../asset-cache.ts';
import { headerLines } from '../forwarded-headers.ts';
import { securityHeaders, strictTransport } from '../security-headers.ts';
import { chooseRepresentation, findAsset } from '../serve-asset.ts';
import { tlsPieceBytes } from '../tls/tls-piece.ts';
import type { PlainRequest } from './plain-request.ts';

type Options = { assets: AssetCache; tls: boolean; keepAliveMs: number };

/** A whole answer, as it was for one host in one second. */
export type PreparedAnswer = {
  readonly host: string;
  readonly second: number;
  /** Its head, and its body too where that is small. */
  readonly start: Buffer;
  /** The body where `start` holds none: the file itself, which all share. TLS copies of it what it is given. */
  readonly rest: Buffer | undefined;
};

/** One piece is cheaper to write than two, but it is a copy, and a client that doesn't read keeps it in memory. */
const largestCopy = { plain: 131_072, tls: tlsPieceBytes };

/**
 * Whole answers for files of the page, ready for one write: Node's objects for a request and its response cost more
 * than all the rest. Each file has its last answer beside it, made anew in the next second, since it tells the date.
 * It is copied once a second at most, for the host that asks first; clients may claim as many others as they like.
 */
export function createPreparedAnswers({ assets, tls, keepAliveMs }: Options) {
  const prepared = new WeakMap<Representation, PreparedAnswer>();
  const connection = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1_000)}\r\n`;
  const strict = tls ? headerLines(strictTransport) : '';
  const copiedBytes = tls ? largestCopy.tls : largestCopy.plain;

  function headFor({ headers, body }: Representation, host: string, second: number): Buffer {
    const own = `HTTP/1.1 200 OK\r\n${strict}${headerLines(headers)}Content-Length: ${body.length}\r\n${headerLines(securityHeaders(host))}`;
    const date = `Date: ${new Date(second * 1_000).toUTCString()}\r\n`;
    return Buffer.from(`${own}${date}${connection}\r\n`, 'latin1');
  }

  /** Undefined where there is no such file. */
  return ({ url, headers: { named } }: PlainRequest): PreparedAnswer | undefined => {
    const asset = findAsset(assets, url);
    if (asset === undefined) return undefined;
    const representation = chooseRepresentation(asset, named['accept-encoding']);
    const host = named.host ?? '';
    const second = Math.floor(Date.now() / 1_000);
    const latest = prepared.get(representation);
    if (latest?.second === second && latest.host === host) return latest;
    const head = headFor(representation, host, second);
    const { body } = representation;
    const isCopied = latest?.second !== second && body.length <= copiedBytes;
    const start = isCopied ? Buffer.concat([head, body]) : head;
    const answer: PreparedAnswer = { host, second, start, rest: isCopied ? undefined : body };
    if (latest?.second !== second) prepared.set(representation, answer);
    return answer;
  };
}
