import type { Verdict } from '../checker.ts';
import type { FaultsFound } from '../checks/faults-found.ts';
import type { Crowd } from '../clients/crowd.ts';
import type { Ended } from './deployment.ts';

/** The last line of `npm run test:update`. */
export type UpdateReport = FaultsFound & {
  acknowledged: number;
  messagesPerSecond: number;
  /** Sends whose outcome was unknown for a moment, sent again under the same id. */
  sentAgain: number;
  /** Sends that were refused, by reason. Whoever leaves a channel while they write gets `channel-not-found`; for anybody else that is `turnedAway`. */
  refused: Record<string, number>;
  /** How long readers were without a connection. */
  awayP50Ms: number;
  awayP99Ms: number;
  /** How long each service's replacement took: drained, recreated, healthy again. */
  stepSeconds: Record<string, number>;
  updated: boolean;
  /** The version that never serves was taken back. */
  wentBack: boolean;
  backedUp: boolean;
  acknowledgedBeforeBackup: number;
  /** Messages after the restore. */
  restored: number;
  examples: string[];
};

export function summarize(outcome: {
  crowd: Crowd;
  verdict: Verdict;
  seconds: number;
  update: Ended;
  rollback: Ended;
  backup: Ended;
  restore: Ended;
  acknowledgedBeforeBackup: number;
  restored: number;
}): UpdateReport {
  const { crowd, verdict, seconds, update, rollback, backup, restore, acknowledgedBeforeBackup, restored } = outcome;
  const { examples, redelivered: _, ...found } = verdict;
  const writers = crowd.people.map(({ writer }) => writer);
  const away = crowd.readers.flatMap(({ awayMs }) => awayMs).sort((one, other) => one - other);
  const acknowledged = crowd.acknowledged();
  return {
    ...found,
    acknowledged,
    messagesPerSecond: Math.round(acknowledged / seconds),
    sentAgain: sum(writers.map(({ retries }) => retries)),
    refused: countsOf(writers.flatMap(({ refusals }) => [...refusals])),
    awayP50Ms: Math.round(away[Math.floor(away.length * 0.5)] ?? 0),
    awayP99Ms: Math.round(away[Math.floor(away.length * 0.99)] ?? 0),
    stepSeconds: stepsOf(update),
    updated: update.code === 0,
    wentBack: rollback.code === 1 && rollback.lines.some(({ text }) => text.startsWith('Version 2 runs again')),
    backedUp: backup.code === 0 && restore.code === 0,
    ...{ acknowledgedBeforeBackup, restored, examples },
  };
}

/** Whether the deployment kept every promise. */
export function isClean(report: UpdateReport): boolean {
  const { lost, doubled, reordered, holes, leaked, untrue, turnedAway, refused } = report;
  const { updated, wentBack, backedUp, restored, acknowledgedBeforeBackup } = report;
  if (lost + doubled + reordered + holes + leaked + untrue + turnedAway > 0) return false;
  if (Object.keys(refused).some((reason) => reason !== 'channel-not-found')) return false;
  return updated && wentBack && backedUp && restored >= acknowledgedBeforeBackup;
}

function stepsOf({ lines }: Ended): Record<string, number> {
  const steps = lines.flatMap(({ text, at }, index) => {
    const service = /^(\w+) → /.exec(text)?.[1];
    const until = lines[index + 1]?.at;
    if (service === undefined || until === undefined) return [];
    return [[service, Math.round((until - at) / 100) / 10] as const];
  });
  return Object.fromEntries(steps);
}

function countsOf(entries: [string, number][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, count] of entries) counts[name] = (counts[name] ?? 0) + count;
  return counts;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
