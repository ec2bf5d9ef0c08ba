import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from '../clients/crowd.ts';
import { type Fault, schedule } from '../schedule.ts';
import type { Injector } from './injector.ts';

export type FaultCounts = Partial<Record<Fault['kind'], number>>;

const sayEveryMs = 15_000;

/** Follows the seed's schedule until enough processes were killed, the time is over and all is planted; resolves once nothing lasts. */
export async function causeFaults(options: {
  seed: number;
  kills: number;
  minutes: number;
  /** Whether the sabotage that was asked for has had its times. */
  planted: () => boolean;
  injector: Injector;
  crowd: Crowd;
  tell(text: string): void;
}): Promise<FaultCounts> {
  const { planted, injector, crowd, tell } = options;
  const counts: FaultCounts = {};
  const startedAt = performance.now();
  const lastsUntil = startedAt + options.minutes * 60_000;
  let saidAt = startedAt;
  let wanted = options.kills;

  for (const { afterMs, fault } of schedule(options.seed, options.kills)) {
    if (wanted === 0 && performance.now() >= lastsUntil && planted()) break;
    await delay(afterMs);
    if (!injector.inject(fault)) continue;
    counts[fault.kind] = (counts[fault.kind] ?? 0) + 1;
    wanted = options.kills - injector.kills;
    if (performance.now() - saidAt < sayEveryMs) continue;
    saidAt = performance.now();
    const seconds = Math.round((saidAt - startedAt) / 1_000);
    tell(`${seconds} s: ${injector.kills} of ${options.kills} killed, ${crowd.acknowledged()} messages acknowledged`);
  }
  await injector.settled();
  return counts;
}
