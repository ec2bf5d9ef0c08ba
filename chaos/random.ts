/** Numbers that look random and are the same for the same seed (mulberry32). */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** Both ends included. */
  integer(minimum: number, maximum: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const integer = (minimum: number, maximum: number) => minimum + Math.floor(next() * (maximum - minimum + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick(from) {
      if (from.length === 0) throw new Error('Nothing to pick from');
      return from[integer(0, from.length - 1)] as (typeof from)[number];
    },
    shuffled(from) {
      const result = [...from];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [result[last], result[other]] = [result[other], result[last]] as [(typeof from)[number], (typeof from)[number]];
      }
      return result;
    },
  };
}
