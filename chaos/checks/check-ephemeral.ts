import type { History } from '../history.ts';
import type { ObserverRecord, TypingSaid } from '../records/ephemeral-record.ts';
import type { Findings } from './faults-found.ts';

/** Typing comes only while somebody types; in the end everyone knows who is there and who isn't. */
export function checkEphemeral({ ephemeral }: History, findings: Findings): void {
  const said = Map.groupBy(ephemeral.said, ({ member, channel }) => `${member} in ${channel}`);
  for (const observer of ephemeral.observers) {
    checkTyping(observer, said, ephemeral.typingGraceMs, findings);
    checkPresence(observer, ephemeral, findings);
  }
}

function checkTyping(
  { name, typing }: ObserverRecord,
  said: Map<string, TypingSaid[]>,
  graceMs: number,
  findings: Findings,
): void {
  for (const { at, member, channel } of typing) {
    const causes = said.get(`${member} in ${channel}`) ?? [];
    if (!causes.some(({ saidAt, settledAt }) => saidAt <= at && at <= settledAt + graceMs))
      findings.add('stale', () => `${name} was told at ${at} ms that member ${member} types, who didn't`);
  }
}

function checkPresence(
  { name, presence }: ObserverRecord,
  { connections, endedAt, presenceGraceMs }: History['ephemeral'],
  findings: Findings,
): void {
  const online = new Set<number>();
  for (const { frame } of presence) {
    if (frame.kind === 'present') online.clear();
    else for (const member of frame.offline) online.delete(member);
    for (const member of frame.online) online.add(member);
  }
  const settledAt = endedAt - presenceGraceMs;
  for (const member of new Set(connections.map((one) => one.member))) {
    const theirs = connections.filter((one) => one.member === member && one.closedAt > settledAt);
    const there = theirs.some((one) => one.openedAt < settledAt && one.closedAt >= endedAt);
    if (there && !online.has(member))
      findings.add('stale', () => `${name} doesn't know that member ${member} is there (${lastToldOf(member)})`);
    if (theirs.length === 0 && online.has(member))
      findings.add('stale', () => `${name} still takes member ${member} for present (${lastToldOf(member)})`);
  }

  function lastToldOf(member: number): string {
    const beforeEnd = (at: number | undefined) =>
      at === undefined ? 'never' : `${Math.round(endedAt - at)} ms before`;
    const change = presence.findLast(
      ({ frame }) => frame.kind === 'presence-changed' && [...frame.online, ...frame.offline].includes(member),
    );
    return `told of them ${beforeEnd(change?.at)}, of all ${beforeEnd(presence[0]?.at)} the end`;
  }
}
