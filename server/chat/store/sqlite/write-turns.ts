export type WriteTurns = {
  /** A replica has committed a batch of so many mutations, this one or another. */
  committed(replica: string, size: number): void;
  /** Whether nobody who writes has waited longer than this replica, as far as it can tell. */
  isOwn(): boolean;
};

/** Who hasn't committed for so long isn't waiting for a turn, and who had so little to write hardly ever is. */
const writingMs = 50;
const muchToWrite = 8;

/**
 * Whose turn it is to take the writer's lock when it is let go: of those who have much to write, that of whom the last
 * commit is the longest ago. Only a courtesy: who is told too late, or dies at their turn, is passed over at the next try.
 */
export function createWriteTurns(own: string, now = () => performance.now()): WriteTurns {
  const last = new Map<string, { at: number; size: number }>();

  return {
    committed: (replica, size) => void last.set(replica, { at: now(), size }),
    isOwn() {
      const mine = last.get(own)?.at ?? Number.NEGATIVE_INFINITY;
      const since = now() - writingMs;
      return ![...last.values()].some(({ at, size }) => size >= muchToWrite && at < mine && at > since);
    },
  };
}
