export type Candidate = { readonly id: string /** Relative to the others'. */; readonly weight: number };

export type Turns = {
  /** The id whose turn it is among `usable` (in `compareIds` order) without those tried in vain, if there is one. */
  next(usable: readonly Candidate[], tried?: ReadonlySet<string>): string | undefined;
  /** Who was served last. */
  readonly served: string;
};

/** Sums of fractions fall short of 1 by this little. */
const roundingError = 1e-9;

/**
 * Exact Round Robin: the cursor is the id that was served last, so replicas that come and go never reset it.
 * Invariant: with equal weights, between two turns of one replica, every other one that stays usable has exactly one.
 * A lighter replica saves up its share of the heaviest one's turn each time that the cursor passes, and is served once
 * it has a whole one: its turns are spread evenly.
 */
export function createTurns(): Turns {
  const saved = new Map<string, number>();
  let served = '';

  function forgetTheGone(usable: readonly Candidate[]): void {
    for (const id of saved.keys()) if (!usable.some((each) => each.id === id)) saved.delete(id);
  }

  return {
    next(usable, tried) {
      const candidates = tried === undefined || tried.size === 0 ? usable : usable.filter(({ id }) => !tried.has(id));
      if (candidates.length === 0) return undefined;
      if (saved.size > usable.length) forgetTheGone(usable);
      const heaviest = heaviestOf(candidates);
      const first = firstBehind(candidates, served);
      for (let passed = 0; ; passed += 1) {
        const candidate = candidates[(first + passed) % candidates.length];
        if (candidate === undefined) return undefined;
        const { id, weight } = candidate;
        const share = weight === heaviest ? 1 : weight / heaviest;
        const savings = (saved.get(id) ?? 0) + share;
        const isServed = savings >= 1 - roundingError;
        if (share !== 1) saved.set(id, isServed ? Math.max(0, savings - 1) : savings);
        if (!isServed) continue;
        served = id;
        return id;
      }
    },
    get served() {
      return served;
    },
  };
}

function heaviestOf(candidates: readonly Candidate[]): number {
  let heaviest = 0;
  for (const { weight } of candidates) if (weight > heaviest) heaviest = weight;
  return heaviest;
}

/** The place of the first one whose id comes after `served`; 0 where there is none. */
function firstBehind(candidates: readonly Candidate[], served: string): number {
  for (let index = 0; index < candidates.length; index += 1)
    if (compareIds(candidates[index]?.id ?? '', served) > 0) return index;
  return 0;
}

/** Shorter first, so that `chat-2` comes before `chat-10`. */
export function compareIds(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one === other ? 0 : one < other ? -1 : 1;
}
