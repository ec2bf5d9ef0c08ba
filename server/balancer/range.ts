/** Both inclusive. */
export type Range = { from: number; to: number };

/**
 * RFC 9110, 14: one range of bytes, while the client's part is of the same content. Several at once, which nobody
 * needs of a file in memory, and what isn't understood get the whole, as the RFC allows.
 */
export function rangeOf(
  wanted: string | undefined,
  ifRange: string | undefined,
  etag: string,
  length: number,
): Range | 'outside' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(wanted ?? '');
  if (found === null || (ifRange !== undefined && ifRange !== etag)) return undefined;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== '' && last !== '' && Number(last) < from) return undefined;
  return from < length && !(first === '' && Number(last) === 0) ? { from, to } : 'outside';
}
