/** By its first bytes: a JPEG, a PNG, or a WebP that doesn't move. Nothing else is let at a decoder. */
export function isStillPicture(bytes: Buffer): boolean {
  const starts = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text;
  if (starts('\xff\xd8\xff') || starts('\x89PNG\r\n\x1a\n')) return true;
  if (!starts('RIFF') || !starts('WEBP', 8)) return false;
  const animated = starts('VP8X', 12) && ((bytes[20] ?? 0) & 0x02) !== 0;
  return !animated;
}
