import type { FileKind } from '../../../shared/attachment.ts';

export type MediaType = { mediaType: string; kind: FileKind };

/** How much of a file's beginning it takes to tell. */
export const sniffedBytes = 4_100;

const file = (mediaType: string): MediaType => ({ mediaType, kind: 'file' });

/**
 * What a file is by its first bytes. Whatever a browser would read as a document, such as HTML, SVG or PDF, is a `file`,
 * and so is all that isn't known: these are never shown, only downloaded.
 */
export function mediaTypeOf(head: Buffer): MediaType {
  const known = signatures.find(({ at = 0, bytes }) => head.subarray(at, at + bytes.length).equals(bytes));
  if (known !== undefined) return known.is(head);
  return file(isText(head) ? 'text/plain' : 'application/octet-stream');
}

type Signature = { at?: number; bytes: Buffer; is(head: Buffer): MediaType };

function signature(bytes: string, is: MediaType | ((head: Buffer) => MediaType), at = 0): Signature {
  return { at, bytes: Buffer.from(bytes, 'latin1'), is: typeof is === 'function' ? is : () => is };
}

const picture = (format: string): MediaType => ({ mediaType: `image/${format}`, kind: 'picture' });
const audio = (format: string): MediaType => ({ mediaType: `audio/${format}`, kind: 'audio' });
const video = (format: string): MediaType => ({ mediaType: `video/${format}`, kind: 'video' });

const signatures: Signature[] = [
  signature('\xff\xd8\xff', picture('jpeg')),
  signature('\x89PNG\r\n\x1a\n', picture('png')),
  signature('GIF87a', picture('gif')),
  signature('GIF89a', picture('gif')),
  signature('RIFF', riff),
  signature('ftyp', isoMedia, 4),
  // QuickTime without a brand, as older cameras write it.
  ...['moov', 'mdat', 'wide', 'pnot'].map((box) => signature(box, brandless, 4)),
  signature('\x1aE\xdf\xa3', matroska),
  signature('OggS', ogg),
  signature('fLaC', audio('flac')),
  signature('ID3', audio('mpeg')),
  signature('\xff\xfb', audio('mpeg')),
  signature('\xff\xf3', audio('mpeg')),
  signature('\xff\xf1', audio('aac')),
  signature('%PDF-', file('application/pdf')),
  signature('PK\x03\x04', file('application/zip')),
  signature('PK\x05\x06', file('application/zip')),
  signature('\x1f\x8b', file('application/gzip')),
  signature('7z\xbc\xaf\x27\x1c', file('application/x-7z-compressed')),
  signature('Rar!\x1a\x07', file('application/vnd.rar')),
];

function riff(head: Buffer): MediaType {
  const form = head.toString('latin1', 8, 12);
  if (form === 'WEBP') return picture('webp');
  return form === 'WAVE' ? audio('wav') : file('application/octet-stream');
}

/** The brand tells; HEIC is a picture that most browsers can't show. */
function isoMedia(head: Buffer): MediaType {
  const brand = head.toString('latin1', 8, 12);
  if (brand === 'avif' || brand === 'avis') return picture('avif');
  if (/^(?:hei|hev|mif1|msf1)/.test(brand)) return file('image/heic');
  if (brand === 'crx ') return file('image/x-canon-cr3');
  if (/^M4[AB] /.test(brand)) return audio('mp4');
  return video(brand === 'qt  ' ? 'quicktime' : 'mp4');
}

/** Such a word may also be in a text. */
function brandless(head: Buffer): MediaType {
  return isText(head) ? file('text/plain') : video('quicktime');
}

/** WebM where it says so; with sound alone where no track of pictures is announced. */
function matroska(head: Buffer): MediaType {
  const text = head.toString('latin1');
  if (!text.slice(0, 64).includes('webm')) return file('video/x-matroska');
  return text.includes('A_') && !text.includes('V_') ? audio('webm') : video('webm');
}

function ogg(head: Buffer): MediaType {
  return head.includes('theora') ? video('ogg') : audio('ogg');
}

/** A sign may be cut off at the end. */
function isText(head: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/.test(text);
}
