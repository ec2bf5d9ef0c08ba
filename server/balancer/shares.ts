import type { Candidate } from './turns.ts';

/** What even a replica that has only just come up gets of its weight. */
const firstShare = 0.1;

/** The weight that counts now: in a slow start it grows evenly from a tenth to the whole. */
export function weightAt(weight: number, upForMs: number, slowStartMs: number): number {
  if (upForMs >= slowStartMs) return weight;
  return weight * Math.max(firstShare, upForMs / slowStartMs);
}

/** Those with the fewest connections for their weight; which of them it is, the turns decide. */
export function leastLoaded<T extends Candidate & { load: number }>(candidates: readonly T[]): T[] {
  const loadOf = ({ load, weight }: T) => load / weight;
  const least = Math.min(...candidates.map(loadOf));
  return candidates.filter((candidate) => loadOf(candidate) === least);
}

/**
 * How many connections to take from whom, at most `most`, fullest first, so that usable replicas come to hold their
 * shares. A tenth above its share is none of anybody's business: who reconnects for nothing gains nothing.
 */
export function surplus(
  replicas: readonly (Candidate & { load: number })[],
  most: number,
): { id: string; count: number }[] {
  const total = replicas.reduce((sum, { load }) => sum + load, 0);
  const weights = replicas.reduce((sum, { weight }) => sum + weight, 0);
  let left = most;
  return replicas
    .map(({ id, load, weight }) => ({ id, load, share: (total * weight) / weights }))
    .filter(({ load, share }) => load > share * 1.1 && load - share >= 1)
    .sort((one, other) => other.load - other.share - (one.load - one.share))
    .flatMap(({ id, load, share }) => {
      const count = Math.min(left, Math.floor(load - share));
      left -= count;
      return count > 0 ? [{ id, count }] : [];
    });
}
