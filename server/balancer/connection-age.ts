import type { Tunnel } from './tunnel.ts';

/** Asks connections that have lasted for the agreed time to come again. */
export function limitAges(ageMs: number) {
  const leaveAt = new Map<Tunnel, number>();
  const timer = setInterval(askTheOld, Math.min(1_000, ageMs / 10));

  function askTheOld(): void {
    const now = Date.now();
    for (const [tunnel, at] of leaveAt) if (now >= at) tunnel.goAway('age');
  }

  return {
    watch(tunnel: Tunnel): void {
      // A tenth more or less, so that those who came together don't leave together.
      leaveAt.set(tunnel, Date.now() + ageMs * (0.9 + Math.random() / 5));
    },
    forget: (tunnel: Tunnel): void => void leaveAt.delete(tunnel),
    stop: (): void => clearInterval(timer),
  };
}
