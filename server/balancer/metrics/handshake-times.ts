import type { Replica } from '../replica.ts';

const name = 'ronda_handshake_seconds';
const upToSeconds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

type Times = { counts: number[]; sumSeconds: number };

/** A histogram in Prometheus' text form, counted by hand: the library's own was a fiftieth of a connection's cost. */
export function createHandshakeTimes() {
  const timesOf = new Map<string, Times>();
  return {
    add({ id }: Replica, ms: number): void {
      let times = timesOf.get(id);
      if (times === undefined) {
        times = { counts: upToSeconds.map(() => 0).concat(0), sumSeconds: 0 };
        timesOf.set(id, times);
      }
      let bucket = 0;
      while (ms > (upToSeconds[bucket] ?? Number.POSITIVE_INFINITY) * 1_000) bucket += 1;
      times.counts[bucket] = (times.counts[bucket] ?? 0) + 1;
      times.sumSeconds += ms / 1_000;
    },
    text: () =>
      `# HELP ${name} From a client's request to its open connection\n# TYPE ${name} histogram\n${[...timesOf].map(linesOf).join('')}`,
  };
}

/** Each bucket holds those before it too. */
function linesOf([id, { counts, sumSeconds }]: [string, Times]): string {
  let count = 0;
  const buckets = counts.map((inBucket, index) => {
    count += inBucket;
    return `${name}_bucket{replica="${id}",le="${upToSeconds[index] ?? '+Inf'}"} ${count}\n`;
  });
  return `${buckets.join('')}${name}_sum{replica="${id}"} ${sumSeconds}\n${name}_count{replica="${id}"} ${count}\n`;
}
