import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Asset, Encoding, Representation } from './asset.ts';
import type { AssetCache } from './asset-cache.ts';
import { rangeOf } from './range.ts';
import { refuseRequest } from './refusals.ts';
import { securityHeaders } from './security-headers.ts';
import { tlsPieceBytes } from './tls/tls-piece.ts';

/** False where the path is no asset's. It stands before Express, which would cost more than the answer itself. */
export function serveAsset(assets: AssetCache, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const asset = findAsset(assets, request.url ?? '/');
  if (asset !== undefined) {
    sendAsset(asset, request, response);
    return true;
  }
  // Never the page: a script that got HTML would fail in ways that are hard to read, and be cached for a year.
  if (!request.url?.startsWith('/assets/')) return false;
  refuseRequest(response, { status: 404, reason: 'not-found', message: 'There is no such file in this release.' });
  return true;
}

export function findAsset(assets: AssetCache, url: string): Asset | undefined {
  const path = pathOf(url);
  return path === '/' ? assets.page() : assets.find(path);
}

export function sendAsset(asset: Asset, request: IncomingMessage, response: ServerResponse): void {
  const { range: wanted } = request.headers;
  // A part of the bytes as they are: of compressed ones it would be of no use to a player or a download.
  const encodings = wanted === undefined ? request.headers['accept-encoding'] : '';
  const { etag, headers, body } = chooseRepresentation(asset, encodings);
  const security = securityHeaders(request.headers.host ?? '');
  if (matches(request.headers['if-none-match'], etag)) {
    response.writeHead(304, [...headers, ...security]);
    response.end();
    return;
  }
  const range = rangeOf(wanted, request.headers['if-range']?.toString(), etag, body.length);
  if (range === 'outside') {
    response.writeHead(416, ['Content-Range', `bytes */${body.length}`, 'Content-Length', '0', ...security]);
    response.end();
    return;
  }
  const part = range === undefined ? body : body.subarray(range.from, range.to + 1);
  const length = ['Content-Length', String(part.length)];
  if (range === undefined) response.writeHead(200, [...headers, ...length, ...security]);
  else {
    const place = ['Content-Range', `bytes ${range.from}-${range.to}/${body.length}`];
    response.writeHead(206, [...headers, ...place, ...length, ...security]);
  }
  if (request.method === 'HEAD') response.end();
  else if (request.socket instanceof TLSSocket) sendInPieces(response, part);
  else response.end(part);
}

function sendInPieces(response: ServerResponse, body: Buffer): void {
  let at = 0;
  sendMore();

  function sendMore(): void {
    while (at + tlsPieceBytes < body.length) {
      at += tlsPieceBytes;
      if (!response.write(body.subarray(at - tlsPieceBytes, at))) {
        response.once('drain', sendMore);
        return;
      }
    }
    response.end(body.subarray(at));
  }
}

export function chooseRepresentation({ representations }: Asset, accepted = ''): Representation {
  for (const encoding of acceptedEncodings(accepted)) {
    const representation = representations[encoding];
    if (representation !== undefined) return representation;
  }
  return representations.identity;
}

const preferred: Encoding[] = ['br', 'gzip'];

/** All browsers send one of a few, and what each means is found out once. */
const knownLists = new Map<string, readonly Encoding[]>();
const rememberedLists = 64;

function acceptedEncodings(list: string): readonly Encoding[] {
  const known = knownLists.get(list);
  if (known !== undefined) return known;
  const accepted = preferred.filter((encoding) => accepts(list, encoding));
  if (knownLists.size < rememberedLists) knownLists.set(list, accepted);
  return accepted;
}

function accepts(list: string, encoding: string): boolean {
  return list.split(',').some((part) => {
    const [name = '', quality = ''] = part.split(';');
    return name.trim().toLowerCase() === encoding && !/^\s*q=0(?:\.0*)?\s*$/i.test(quality);
  });
}

/** Weakly, as RFC 9110 asks for If-None-Match: a proxy on the way may have weakened the tag. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
