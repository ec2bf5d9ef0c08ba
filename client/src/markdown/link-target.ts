import { safeAddress } from './autolink.ts';

/** Reads `(address "title")` from its opening bracket on. Only an address that may be opened makes a link. */
export function linkTargetAt(text: string, start: number): { href: string; end: number } | undefined {
  let index = afterSpace(text, start + 1);
  let address = '';
  if (text[index] === '<') {
    const close = text.indexOf('>', index);
    if (close === -1) return undefined;
    address = text.slice(index + 1, close);
    index = close + 1;
  } else {
    const end = endOfAddress(text, index);
    address = text.slice(index, end);
    index = end;
  }
  index = afterSpace(text, index);
  const quote = text[index];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, index + 1);
    if (close === -1) return undefined;
    index = afterSpace(text, close + 1);
  }
  const href = text[index] === ')' ? safeAddress(address) : undefined;
  return href === undefined ? undefined : { href, end: index + 1 };
}

/** Up to a space or the bracket that closes; brackets inside come in pairs. */
function endOfAddress(text: string, start: number): number {
  let open = 0;
  let index = start;
  for (; index < text.length; index += 1) {
    const sign = text[index] ?? '';
    if (/\s/u.test(sign)) break;
    if (sign === '(') open += 1;
    if (sign === ')' && open-- === 0) break;
  }
  return index;
}

function afterSpace(text: string, start: number): number {
  let index = start;
  while (/\s/u.test(text[index] ?? '')) index += 1;
  return index;
}
