import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { contentTypeOf, isCompressible } from './content-types.ts';

export type Encoding = 'br' | 'gzip' | 'identity';

/** One answer, ready to be written. */
export type Representation = { etag: string; body: Buffer; headers: readonly string[] };

export type Asset = {
  /** As it is requested, such as `/assets/index-4f2a.js`. */
  path: string;
  immutable: boolean;
  representations: Partial<Record<Encoding, Representation>> & { identity: Representation };
};

const compress = {
  gzip: (content: Buffer) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  br: (content: Buffer) => promisify(brotliCompress)(content),
};
const worthCompressing = 512;

/** `compressed` is what the build left beside the file. */
export function createAsset(path: string, content: Buffer, compressed: { br?: Buffer; gzip?: Buffer }): Asset {
  // Vite puts the content's hash into these names, so what a name stands for never changes.
  const immutable = path.startsWith('/assets/');
  const represent = (encoding: Encoding, body: Buffer) => representation(path, immutable, content, encoding, body);
  const asset: Asset = { path, immutable, representations: { identity: represent('identity', content) } };
  if (compressed.br !== undefined) asset.representations.br = represent('br', compressed.br);
  if (compressed.gzip !== undefined) asset.representations.gzip = represent('gzip', compressed.gzip);
  return asset;
}

/** Unless the build has. On the thread pool, so that the page is served meanwhile as it is. */
export async function compressAsset(asset: Asset, encoding: 'br' | 'gzip'): Promise<void> {
  const { path, immutable, representations } = asset;
  const content = representations.identity.body;
  if (representations[encoding] !== undefined) return;
  if (!isCompressible(contentTypeOf(path)) || content.length < worthCompressing) return;
  const body = await compress[encoding](content);
  if (body.length < content.length)
    representations[encoding] = representation(path, immutable, content, encoding, body);
}

function representation(path: string, immutable: boolean, content: Buffer, encoding: Encoding, body: Buffer) {
  const etag = `"${hash('sha256', content, 'base64url').slice(0, 22)}${encoding === 'identity' ? '' : `-${encoding}`}"`;
  const headers = [
    'Content-Type',
    contentTypeOf(path),
    'Cache-Control',
    immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'ETag',
    etag,
    'Vary',
    'Accept-Encoding',
    'Accept-Ranges',
    'bytes',
    ...preloads(path, content),
    ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
  ];
  return { etag, body, headers };
}

/** What the page needs first is named in its header, so that a browser, or who stands before us, asks for it sooner. */
function preloads(path: string, content: Buffer): string[] {
  if (path !== '/index.html') return [];
  const links = [...content.toString().matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => {
    const script = /\bsrc="(\/assets\/[^"]+)"/.exec(tag)?.[1];
    if (script !== undefined) return [`<${script}>; rel=modulepreload`];
    const style = /\brel="stylesheet"/.test(tag) ? /\bhref="(\/assets\/[^"]+)"/.exec(tag)?.[1] : undefined;
    return style === undefined ? [] : [`<${style}>; rel=preload; as=style; crossorigin`];
  });
  return links.length === 0 ? [] : ['Link', links.join(', ')];
}
