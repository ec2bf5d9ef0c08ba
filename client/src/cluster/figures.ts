import type { FiguresReport, FiguresSample, ReplicaFigures } from '../../../shared/replica-figures.ts';

export type KnownReplica = { id: string; now: ReplicaFigures | undefined; samples: readonly FiguresSample[] };

/** Three minutes, one sample a second. */
const samplesLimit = 180;

/** Pure: what is known of the replicas after another report of what is new. */
export function figuresAfter(known: readonly KnownReplica[], report: FiguresReport): KnownReplica[] {
  return report.map(({ id, now, samples }) => {
    const before = known.find((replica) => replica.id === id)?.samples ?? [];
    const last = before.at(-1)?.at ?? 0;
    const fresh = samples.filter(({ at }) => at > last);
    return { id, now, samples: [...before, ...fresh].slice(-samplesLimit) };
  });
}

/** From when on samples are still to be asked for. */
export function askedFrom(known: readonly KnownReplica[]): number {
  // The replica that is the furthest behind decides; what comes twice is dropped.
  const heard = known.filter(({ now }) => now !== undefined);
  return heard.length === 0 ? 0 : Math.min(...heard.map(({ samples }) => samples.at(-1)?.at ?? 0));
}
