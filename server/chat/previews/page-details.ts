import type { LinkPreview } from '../../../shared/protocol.ts';
import type { FetchedPage } from './fetch-page.ts';

/** Of the page, which may be hostile, only so much is looked at, and each tag only so far. */
const headLength = 65_536;
const meta = /<meta\b([^>]{0,2000})>/gi;
const title = /<title\b[^>]{0,200}>([^<]{0,1000})<\/title/i;
const attribute = /([a-z:-]{1,40})\s{0,10}=\s{0,10}(?:"([^"]{0,1500})"|'([^']{0,1500})'|([^\s"'>]{1,1500}))/gi;
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
// Controls, and what would turn the text around it.
const unwanted = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Title, description and site, as plain text; undefined for a page without a title. */
export function pageDetails({ url, contentType, body }: FetchedPage): LinkPreview | undefined {
  const head = decoded(body, contentType).slice(0, headLength);
  const found = new Map<string, string>();
  for (const [, attributes = ''] of head.matchAll(meta)) {
    const { name, property, content } = attributesOf(attributes);
    const key = (property ?? name)?.toLowerCase();
    if (key !== undefined && content !== undefined && !found.has(key)) found.set(key, content);
  }
  const heading = plain(found.get('og:title') ?? title.exec(head)?.[1] ?? '', 150);
  if (heading === '') return undefined;
  const description = plain(found.get('og:description') ?? found.get('description') ?? '', 250);
  const site = plain(found.get('og:site_name') ?? '', 50);
  return { url, title: heading, ...(description === '' ? {} : { description }), ...(site === '' ? {} : { site }) };
}

function decoded(body: Buffer, contentType: string): string {
  const charset =
    /charset\s{0,5}=\s{0,5}["']?([\w-]{1,30})/i.exec(contentType)?.[1] ??
    /charset\s{0,5}=\s{0,5}["']?([\w-]{1,30})/i.exec(body.subarray(0, 1_024).toString('latin1'))?.[1];
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function attributesOf(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(attribute)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      double ?? single ?? bare,
    ]),
  );
}

function plain(text: string, limit: number): string {
  const read = text
    .replace(entity, (_, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? '';
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replace(unwanted, ' ')
    .replace(/\s+/gu, ' ')
    .toWellFormed()
    .trim();
  const letters = [...read];
  return letters.length > limit ? `${letters.slice(0, limit).join('').trimEnd()}…` : read;
}
