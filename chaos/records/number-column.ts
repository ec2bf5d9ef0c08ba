/** A growing list of 32-bit integers, 4 bytes each: a million events for each of many readers has to fit. */
export type NumberColumn = {
  readonly length: number;
  push(value: number): void;
  at(index: number): number;
  [Symbol.iterator](): Iterator<number>;
};

export function createNumberColumn(): NumberColumn {
  let values = new Int32Array(1_024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index) => values[index] as number,
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index += 1) yield values[index] as number;
    },
  };
}

/** In an ascending column: the greatest value that isn't above `limit`, or 0. */
export function lastUpTo(column: NumberColumn, limit: number): number {
  const index = countUpTo(column, limit) - 1;
  return index < 0 ? 0 : column.at(index);
}

/** In an ascending column: how many values aren't above `limit`. */
export function countUpTo(column: NumberColumn, limit: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column.at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
