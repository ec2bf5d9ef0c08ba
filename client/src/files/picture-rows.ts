/** Width by height; what is longer or wider is cut at its edges where several stand together. */
export function ratioOf({ width, height }: { width?: number | undefined; height?: number | undefined }): number {
  return width && height ? width / height : 4 / 3;
}

export function ratioAmong(ratio: number): number {
  return Math.min(2.2, Math.max(0.62, ratio));
}

const fullRow = 2.3;
const widestRow = 4;

/** How many pictures stand in each row, so that rows are about equally high: every row is as wide as its ratios together. */
export function pictureRows(ratios: readonly number[]): number[][] {
  const rows: number[][] = [];
  let sum = Number.POSITIVE_INFINITY;
  for (const ratio of ratios) {
    if (sum >= fullRow) {
      rows.push([]);
      sum = 0;
    }
    rows.at(-1)?.push(ratio);
    sum += ratio;
  }
  const [before, last] = rows.slice(-2);
  // One alone at the end would look like a mistake, and be larger than the others.
  if (before && last?.length === 1 && before !== last) {
    if (before.length > 2) last.unshift(...before.splice(-1));
    else if (sumOf(before) + sumOf(last) <= widestRow) before.push(...(rows.pop() ?? []));
  }
  return rows;
}

export function sumOf(row: readonly number[]): number {
  return row.reduce((sum, ratio) => sum + ratio, 0);
}
