import { setTimeout as delay } from 'node:timers/promises';
import type { CloseReason } from './replica.ts';
import type { Timings } from './timings.ts';
import type { Tunnel } from './tunnel.ts';

type Options = {
  /** Asked for again and again: handshakes that were under way may still become tunnels. */
  staying(): Tunnel[];
  reason: CloseReason;
  timings: Timings;
  signal: AbortSignal;
};

/** Asks them to leave one after another, so that they don't come back all at once; each pause is jittered by half. */
export async function paceOut({ staying, reason, timings, signal }: Options): Promise<void> {
  for (let tunnels = staying(); tunnels.length > 0; tunnels = staying()) {
    const paceMs = Math.min(timings.longestDrainPaceMs, timings.drainSpreadMs / tunnels.length);
    let owedMs = 0;
    for (const tunnel of tunnels) {
      if (signal.aborted) return;
      tunnel.goAway(reason);
      owedMs += paceMs * (0.5 + Math.random());
      if (owedMs < 1) continue;
      await delay(owedMs);
      owedMs = 0;
    }
  }
}
