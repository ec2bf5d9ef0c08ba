type Autolink = { href: string; shown: string; end: number };

const web = /(?:https?:\/\/|www\.)[^\s<>"'`\u2028\u2029]+/iuy;
const mail = /[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})+/iuy;
const inMail = /[\p{L}\p{N}_.+-]/u;
/** Words that a reader takes for an address. */
const likeAddress = /:\/\/|[\p{L}\p{N}]\.[\p{L}\p{N}]/u;
const schemes = new Set(['http:', 'https:', 'mailto:']);

/** The web or mail address that begins here, if one does. */
export function autolinkAt(text: string, start: number): Autolink | undefined {
  const opening = text[start] ?? '';
  if (opening === '<') {
    const close = text.indexOf('>', start);
    const inner = close === -1 ? undefined : autolinkAt(text.slice(start + 1, close), 0);
    return inner && inner.end === close - start - 1 ? { ...inner, end: close + 1 } : undefined;
  }
  const before = text[start - 1] ?? '';
  if (!/[\w+-]/.test(opening) || /\w/.test(before)) return undefined;
  const found = matchAt(web, text, start);
  if (found !== undefined) {
    const written = withoutTrailing(found);
    const href = safeAddress(/^www\.[^.]+\./iu.test(written) ? `https://${written}` : written);
    if (href === undefined) return undefined;
    return { href, shown: isHonest(written, href) ? written : href, end: start + written.length };
  }
  const address = inMail.test(before) ? undefined : matchAt(mail, text, start);
  if (address === undefined) return undefined;
  const shown = withoutTrailing(address);
  return { href: `mailto:${shown}`, shown, end: start + shown.length };
}

/** As the browser resolves it, with a host of look-alike letters in punycode; undefined for what mustn't be opened. */
export function safeAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return schemes.has(url.protocol) ? url.href : undefined;
}

/** Where a link leads, if its words look like an address and say something else, or its host has look-alike letters. */
export function undisclosedHost(href: string, words: string): string | undefined {
  const { host, protocol } = new URL(href);
  if (protocol === 'mailto:' || isHonest(words, href)) return undefined;
  return likeAddress.test(words) || host.includes('xn--') ? host : undefined;
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** A host of look-alike letters is shown as the browser resolves it (punycode), and so is one behind a user name. */
function isHonest(shown: string, href: string): boolean {
  const { host, username } = new URL(href);
  const said = shown.toLowerCase().replace(/^https?:\/\//u, '');
  return username === '' && said.startsWith(host) && /^(?:[/?#:]|$)/u.test(said.slice(host.length));
}

/** The full stop of a sentence, a mark, or a bracket opened before the address, isn't part of it. */
function withoutTrailing(text: string): string {
  let end = text.length;
  for (;;) {
    const last = text[end - 1] ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const address = text.slice(0, end);
    const closesOutside = opening !== undefined && count(address, last) > count(address, opening);
    if (!closesOutside && !'.,;:!?…*_~|'.includes(last)) return address;
    if (last === '') return address;
    end -= 1;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
