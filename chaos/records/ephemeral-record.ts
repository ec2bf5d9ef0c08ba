import type { Ephemeral } from '../../shared/protocol.ts';

/** Times are milliseconds of one clock of the whole run. */
export type PresenceTold = { at: number; frame: Exclude<Ephemeral, { kind: 'typing' }> };
export type TypingTold = { at: number; channel: number; member: number };
/** Somebody's page said that they type; it had its answer, or lost its connection, at `settledAt`. */
export type TypingSaid = { member: number; channel: number; saidAt: number; settledAt: number };
/** A WebSocket of a person's, as its client saw it; still open where `closedAt` is Infinity. */
export type ConnectionSpan = { member: number; openedAt: number; closedAt: number };

/** What one observer was told on the ephemeral stream. `presence` begins with the last `present`, which replaces all. */
export type ObserverRecord = {
  readonly name: string;
  readonly presence: PresenceTold[];
  readonly typing: TypingTold[];
  take(at: number, frame: Ephemeral): void;
};

export function createObserverRecord(name: string): ObserverRecord {
  const presence: PresenceTold[] = [];
  const typing: TypingTold[] = [];
  return {
    ...{ name, presence, typing },
    take(at, frame) {
      if (frame.kind === 'typing') {
        typing.push({ at, channel: frame.channel, member: frame.member });
        return;
      }
      if (frame.kind === 'present') presence.length = 0;
      presence.push({ at, frame });
    },
  };
}
