import type { History } from '../history.ts';
import type { Findings } from './faults-found.ts';
import type { Memberships } from './memberships.ts';

/**
 * [G7] A send that is refused since its channel isn't there for its author: only somebody who isn't in it gets that
 * answer. Where the log has no leaving since they joined, and none until after the answer, it was wrong.
 */
export function checkRefusals({ turnedAway }: History, memberships: Memberships, findings: Findings): void {
  for (const { member, channel, joinedAfter, before } of turnedAway) {
    if (before > 0 && memberships.leftBetween(member, `channel:${channel}`, joinedAfter, before)) continue;
    findings.add(
      'turnedAway',
      () => `member ${member} in channel ${channel}, after #${joinedAfter}, before #${before}`,
    );
  }
}
