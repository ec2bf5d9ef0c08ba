export type Turns = {
  /** The id whose turn it is among `usable` (in `compareIds` order) without those tried in vain, if there is one. */
  next(usable: readonly string[], tried?: ReadonlySet<string>): string | undefined;
};

/**
 * Exact Round Robin: the cursor is the id that was served last, so replicas that come and go never reset it.
 * Invariant: between two turns of one replica, every other one that stays usable has exactly one.
 */
export function createTurns(): Turns {
  let served = '';
  return {
    next(usable, tried) {
      const candidates = tried === undefined || tried.size === 0 ? usable : usable.filter((id) => !tried.has(id));
      const turn = candidates.find((id) => compareIds(id, served) > 0) ?? candidates[0];
      if (turn !== undefined) served = turn;
      return turn;
    },
  };
}

/** Shorter first, so that `chat-2` comes before `chat-10`. */
export function compareIds(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one === other ? 0 : one < other ? -1 : 1;
}
