/** Hours, minutes and seconds, the same in every language. */
export function clock(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
