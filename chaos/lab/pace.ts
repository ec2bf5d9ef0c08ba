import { setTimeout as delay } from 'node:timers/promises';

/** Hands out turns at a rate that may change at any time; none at a rate of 0. */
export type Pace = { turn(): Promise<void>; set(perSecond: number): void };

const lookAgainMs = 50;
/** After a pause nothing is made up for but this much. */
const behindMs = 200;

export function createPace(): Pace {
  let perSecond = 0;
  let next = 0;
  return {
    set(rate) {
      perSecond = rate;
    },
    async turn() {
      for (;;) {
        const now = performance.now();
        next = Math.max(next, now - behindMs);
        if (perSecond > 0 && next <= now) {
          next += 1_000 / perSecond;
          return;
        }
        await delay(perSecond === 0 ? lookAgainMs : Math.min(lookAgainMs, next - now));
      }
    },
  };
}
