import type { FiguresReport, FiguresSample, ReplicaFigures } from '../../../shared/replica-figures.ts';

/** The last minutes of every replica, as far as this one has heard. */
export type FiguresBoard = {
  note(replica: string, figures: ReplicaFigures): void;
  /** It isn't heard any more; its past stays for as long as anybody's. */
  lost(replica: string): void;
  report(after: number): FiguresReport;
};

const keptMs = 180_000;
/** Also for a clock that was set back, or somebody who says it all the time. */
const samplesLimit = 240;
const replicasLimit = 64;

export function createFiguresBoard(): FiguresBoard {
  const known = new Map<string, { now: ReplicaFigures | undefined; samples: FiguresSample[] }>();

  function forgetOld(now: number): void {
    for (const [replica, entry] of known) {
      entry.samples = entry.samples.filter(({ at }) => at > now - keptMs).slice(-samplesLimit);
      if (entry.now === undefined && entry.samples.length === 0) known.delete(replica);
    }
  }

  return {
    note(replica, figures) {
      const { at, connections, messages, commitMs, fanOutMs, lag } = figures;
      const entry = known.get(replica) ?? { now: undefined, samples: [] };
      entry.now = figures;
      entry.samples.push({ at, connections, messages, commitMs, fanOutMs, lag });
      if (known.has(replica) || known.size < replicasLimit) known.set(replica, entry);
      forgetOld(at);
    },
    lost(replica) {
      const entry = known.get(replica);
      if (entry !== undefined) entry.now = undefined;
    },
    report: (after) =>
      [...known]
        .map(([id, { now, samples }]) => ({ id, now, samples: samples.filter(({ at }) => at > after) }))
        .sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true })),
  };
}
