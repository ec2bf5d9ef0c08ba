/** The value below which a share of all values lies; sorts a copy. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/** Three significant digits are what a noisy machine can tell. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
