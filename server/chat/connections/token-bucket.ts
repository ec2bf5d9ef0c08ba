export type TokenBucket = {
  /** Takes tokens; returns how many ms to wait before the next, 0 while there are some. */
  take(count: number, now: number): number;
};

export function createTokenBucket({ perSecond, burst }: { perSecond: number; burst: number }): TokenBucket {
  let tokens = burst;
  let filledAt: number | undefined;

  return {
    take(count, now) {
      tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) * perSecond) / 1_000) - count;
      filledAt = now;
      return tokens >= 0 ? 0 : Math.ceil((-tokens * 1_000) / perSecond);
    },
  };
}
