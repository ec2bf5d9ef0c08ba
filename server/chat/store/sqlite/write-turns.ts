export type WriteTurns = {
  /** A replica has committed, this one or another. */
  committed(replica: string): void;
  /** Whether nobody who writes has waited longer than this replica, as far as it can tell. */
  isOwn(): boolean;
};

/** Who hasn't committed for so long isn't waiting for a turn. */
const writingMs = 50;

/**
 * Whose turn it is to take the writer's lock when it is let go: of those who write, that of whom the last commit is the
 * longest ago. Only a courtesy: who is told too late, or dies at their turn, is passed over at the next try.
 */
export function createWriteTurns(own: string, now = () => performance.now()): WriteTurns {
  const committedAt = new Map<string, number>();

  return {
    committed: (replica) => void committedAt.set(replica, now()),
    isOwn() {
      const mine = committedAt.get(own) ?? Number.NEGATIVE_INFINITY;
      const since = now() - writingMs;
      return ![...committedAt.values()].some((at) => at < mine && at > since);
    },
  };
}
