import { Refusal } from './refusal.ts';

/** Runs so many at once, lets so many wait in line, and refuses the rest as `overloaded`. */
export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const line: (() => void)[] = [];
  let running = 0;

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw new Refusal('overloaded');
      await new Promise<void>((resolve) => line.push(resolve)); // whoever ends hands its place on
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
