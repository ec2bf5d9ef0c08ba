/** Counts of what broke a promise; a few examples of each for whoever has to find the cause. */
export type FaultsFound = {
  /** Acknowledged and not in the log, or in the log and not sent to a reader. */
  lost: number;
  /** Twice in the log, or sent twice. */
  doubled: number;
  /** Sent after what follows it. */
  reordered: number;
  /** A predecessor that never came. */
  holes: number;
  /** Sent to somebody who couldn't read that channel at that point of the log. */
  leaked: number;
  /** Typing or presence that outlived its cause, or presence that is missing. */
  stale: number;
  /** A hello, snapshot or page that differs from the log at its own cursor. */
  untrue: number;
  /** A send that was refused as of somebody who isn't in the channel, and they were. */
  turnedAway: number;
};

export type FaultKind = keyof FaultsFound;

export type Findings = {
  readonly found: FaultsFound;
  readonly examples: string[];
  add(kind: FaultKind, example: () => string): void;
};

const examplesEach = 5;

export function createFindings(): Findings {
  const found: FaultsFound = {
    lost: 0,
    doubled: 0,
    reordered: 0,
    holes: 0,
    leaked: 0,
    stale: 0,
    untrue: 0,
    turnedAway: 0,
  };
  const examples: string[] = [];
  return {
    found,
    examples,
    add(kind, example) {
      found[kind] += 1;
      if (found[kind] <= examplesEach) examples.push(`${kind}: ${example()}`);
    },
  };
}
