import type { ReplicaFigures, Spread } from '../../../shared/replica-figures.ts';
import type { CommittedBatch } from '../store/sqlite/write-queue.ts';

export type FiguresMeter = {
  committed(batch: CommittedBatch): void;
  /** An event went out to connections so long after it was accepted. */
  sentOut(afterMs: number): void;
  /** To be called each second: what it counts is of the time since the last call. */
  read(): Promise<ReplicaFigures>;
};

type Sources = {
  version: string;
  connections(): number;
  head(): number;
  logHead(): Promise<number>;
  delivered(): number;
};

/** Measures one replica, over the last few seconds. */
export function createFiguresMeter({ version, connections, head, logHead, delivered }: Sources): FiguresMeter {
  const startedAt = Math.round(performance.timeOrigin);
  const lockWaits = createRecentValues();
  const commits = createRecentValues();
  const fanOuts = createRecentValues();
  let messages = 0;
  let deliveredBefore = 0;

  return {
    committed(batch) {
      messages += batch.messages;
      lockWaits.add(batch.lockWaitMs);
      commits.add(batch.commitMs);
    },
    sentOut: (afterMs) => fanOuts.add(afterMs),
    async read() {
      const lag = Math.max(0, (await logHead()) - head());
      const sinceLast = { messages, deliveries: delivered() - deliveredBefore };
      messages = 0;
      deliveredBefore = delivered();
      return {
        ...{ at: Date.now(), startedAt, version, connections: connections(), ...sinceLast },
        ...{ lockWaitMs: lockWaits.take(), commitMs: commits.take(), fanOutMs: fanOuts.take() },
        ...{ seq: head(), lag, memoryBytes: process.memoryUsage.rss() },
      };
    },
  };
}

const secondsKept = 5;
const valuesASecond = 2_000;

/** What was measured in the last seconds; of very many in a second the first ones stand for all. */
function createRecentValues(): { add(value: number): void; take(): Spread } {
  let seconds: number[][] = [[]];
  return {
    add(value) {
      const current = seconds[0];
      if (current !== undefined && current.length < valuesASecond) current.push(value);
    },
    take() {
      const sorted = seconds.flat().sort((one, other) => one - other);
      seconds = [[], ...seconds].slice(0, secondsKept);
      return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
    },
  };
}

function quantile(sorted: number[], part: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return Math.round(value * 100) / 100;
}
