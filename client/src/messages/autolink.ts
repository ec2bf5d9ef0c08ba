export type TextPart = { text: string; href?: string };

const candidate = /https?:\/\/[^\s<>"'`\u2028\u2029]+/giu;

/** Splits text into plain parts and web addresses. What isn't plainly an http(s) address stays text. */
export function autolink(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const shown = withoutTrailing(match[0]);
    const href = addressOf(shown);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: isHonest(shown, href) ? shown : href, href });
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function addressOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}

/** A host of look-alike letters is shown as the browser resolves it (punycode), and so is one behind a user name. */
function isHonest(shown: string, href: string): boolean {
  const { host, username } = new URL(href);
  return username === '' && shown.toLowerCase().includes(`//${host}`);
}

/** The full stop of a sentence, or a bracket opened before the address, isn't part of it. */
function withoutTrailing(text: string): string {
  let end = text.length;
  for (;;) {
    const last = text[end - 1] ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const address = text.slice(0, end);
    const closesOutside = opening !== undefined && count(address, last) > count(address, opening);
    if (!closesOutside && !'.,;:!?…*_~'.includes(last)) return address;
    if (last === '') return address;
    end -= 1;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
