const firstMs = 500;
const longestMs = 30_000;

/** How long to wait before a process starts again after `failures` ends without health between: 0, then doubling, jittered by half. */
export function restartDelayMs(failures: number, random = Math.random): number {
  if (failures <= 1) return 0;
  const ceiling = Math.min(longestMs, firstMs * 2 ** (failures - 2));
  return Math.round(ceiling * (0.5 + random() / 2));
}
