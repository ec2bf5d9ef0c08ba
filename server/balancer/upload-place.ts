import type { Slots } from './slots.ts';

export type UploadPlace = { leave(): void };

type Options = { granted(): void; refused(): void };

/** One of the places that an address has for its uploads, so that those of others find some at the replicas. */
export function takeUploadPlace(places: Slots, waitMs: number, { granted, refused }: Options): UploadPlace {
  let state: 'waiting' | 'taken' | 'left' = 'waiting';
  const applicant = {
    granted() {
      state = 'taken';
      granted();
    },
    dismissed: leave,
    timedOut: refused,
  };
  if (!places.take(applicant, waitMs)) refused();

  function leave(): void {
    const before = state;
    state = 'left';
    if (before === 'taken') places.release();
    else if (before === 'waiting') places.leave(applicant);
  }

  return { leave };
}
