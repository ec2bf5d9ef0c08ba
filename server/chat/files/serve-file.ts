import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { passOn } from '../../pass-on.ts';
import type { Variant } from '../store/mutations.ts';
import type { ReadableFile, Store } from '../store/store.ts';
import { byteRange } from './byte-range.ts';
import { contentDisposition } from './file-name.ts';
import type { FileStore } from './file-store.ts';

/** Drawn and played by browsers without a document around them; everything else is only ever downloaded. */
const shownTypes = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  ...['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime'],
  ...['audio/mpeg', 'audio/mp4', 'audio/webm', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/aac'],
]);

/** Whatever the bytes are, they never become a page of ours: no scripts, no origin, nothing to load. */
const containment = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  // The browser keeps it for whoever is signed in now; with another cookie, or none, it asks again.
  'Cache-Control': 'private, max-age=86400, immutable',
  Vary: 'Cookie',
};

type Asked = { member: number; id: string; variant: Variant };

/** Whether there is such a file for them, and then its bytes, or those that were asked for. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  { member, id, variant }: Asked,
  { store, files }: { store: Pick<Store, 'file'>; files: FileStore },
): Promise<boolean> {
  const file = await store.file(member, id);
  const content = file?.contents.get(variant);
  if (file === undefined || content === undefined) return false;
  const { key, bytes } = content;
  const etag = `"${key.slice(0, 43)}"`;
  const headers = { ...containment, ...headersOf(file, variant), ETag: etag };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return true;
  }
  const unchanged = (request.headers['if-range'] ?? etag) === etag;
  const range = unchanged && variant === 'original' ? byteRange(request.headers.range, bytes) : undefined;
  if (range === 'none') {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes}` }).end();
    return true;
  }
  const length = range === undefined ? bytes : range.end - range.start + 1;
  // Opened first: what can't be read is answered otherwise, and kept by no browser.
  const stream = request.method === 'HEAD' || length === 0 ? undefined : await files.read(key, range);
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'Content-Length': length,
    ...(range && { 'Content-Range': `bytes ${range.start}-${range.end}/${bytes}` }),
  });
  if (stream === undefined) response.end();
  else await send(stream, response);
  return true;
}

async function send(stream: Readable, response: ServerResponse): Promise<void> {
  stream.on('error', () => void response.destroy());
  passOn(stream, response);
  await finished(response).catch(() => undefined); // whoever asked has left
  stream.destroy();
}

function headersOf({ attachment: { name, mediaType } }: ReadableFile, variant: Variant): Record<string, string> {
  if (variant !== 'original') return { 'Content-Type': 'image/webp', 'Content-Disposition': 'inline' };
  const shown = shownTypes.has(mediaType);
  return {
    'Content-Type': shown ? mediaType : 'application/octet-stream',
    'Content-Disposition': contentDisposition(shown ? 'inline' : 'attachment', name),
    'Accept-Ranges': 'bytes',
  };
}
