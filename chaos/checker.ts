import { checkEphemeral } from './checks/check-ephemeral.ts';
import { checkReader } from './checks/check-reader.ts';
import { checkRefusals } from './checks/check-refusals.ts';
import { checkSnapshots } from './checks/check-snapshots.ts';
import { checkWrites } from './checks/check-writes.ts';
import { createFindings, type FaultsFound } from './checks/faults-found.ts';
import { membershipsOf } from './checks/memberships.ts';
import type { History } from './history.ts';

export type Verdict = FaultsFound & {
  /** Events that came again because the stock client asked from an earlier point than it had reached: no fault. */
  redelivered: number;
  /** A few of each kind of fault. */
  examples: string[];
};

/** Pure: holds what every client was told against the log, and counts what breaks a promise of docs/SPEC.md. */
export function check(history: History): Verdict {
  const findings = createFindings();
  const memberships = membershipsOf(history.log);
  let redelivered = 0;
  checkWrites(history, findings);
  checkRefusals(history, memberships, findings);
  for (const reader of history.readers) {
    redelivered += checkReader(reader, history.log, memberships, findings).redelivered;
    checkSnapshots(reader, history.log, memberships, findings);
  }
  checkEphemeral(history, findings);
  return { ...findings.found, redelivered, examples: findings.examples };
}
