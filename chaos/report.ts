import type { Verdict } from './checker.ts';
import type { FaultsFound } from './checks/faults-found.ts';
import type { Crowd } from './clients/crowd.ts';
import type { FaultCounts } from './faults/cause-faults.ts';
import type { Options, Sabotage } from './options.ts';
import type { Saboteur } from './sabotage/place-saboteur.ts';

/** The last line of a run. */
export type Report = FaultsFound & {
  kills: number;
  /** Messages, each counted once however often it was sent. */
  acknowledged: number;
  seed: number;
  /** Ends of a process that nobody asked for. */
  crashes: string[];
  /** Kinds of faults that this machine or user can't have. */
  skipped: string[];
  faults: FaultCounts;
  sabotage?: { kind: Sabotage; times: number };
  readers: number;
  /** Events that came to readers. */
  received: number;
  redelivered: number;
  resyncs: number;
  /** Sends whose outcome was unknown, sent again. */
  retries: number;
  refusals: Record<string, number>;
  /** How long readers were without a connection. */
  awayP50Ms: number;
  awayP99Ms: number;
  seconds: number;
  examples: string[];
};

export function summarize(outcome: {
  options: Options;
  crowd: Crowd;
  verdict: Verdict;
  kills: number;
  faults: FaultCounts;
  skipped: string[];
  crashes: string[];
  seconds: number;
  saboteur: Saboteur | undefined;
}): Report {
  const { options, crowd, verdict, kills, faults, skipped, crashes, seconds, saboteur } = outcome;
  const { examples, redelivered, ...found } = verdict;
  const { people, readers } = crowd;
  const refusals: Record<string, number> = {};
  for (const { writer } of people)
    for (const [reason, count] of writer.refusals) refusals[reason] = (refusals[reason] ?? 0) + count;
  const away = readers.flatMap(({ awayMs }) => awayMs).sort((one, other) => one - other);
  return {
    ...{ kills, acknowledged: crowd.acknowledged(), ...found, seed: options.seed },
    ...{ crashes, skipped, faults },
    ...(saboteur && options.sabotage ? { sabotage: { kind: options.sabotage, times: saboteur.times } } : {}),
    readers: readers.length,
    received: sum(readers.map(({ record }) => record.seqs.length)),
    redelivered,
    resyncs: sum(readers.map(({ record }) => record.marks.filter(({ kind }) => kind === 'resync').length)),
    retries: sum(people.map(({ writer }) => writer.retries)),
    refusals,
    awayP50Ms: percentile(away, 0.5),
    awayP99Ms: percentile(away, 0.99),
    seconds,
    examples,
  };
}

/** Whether the run kept every promise. */
export function isClean(report: Report): boolean {
  const { lost, doubled, reordered, holes, leaked, stale, untrue, turnedAway, crashes } = report;
  return lost + doubled + reordered + holes + leaked + stale + untrue + turnedAway + crashes.length === 0;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function percentile(sorted: number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
