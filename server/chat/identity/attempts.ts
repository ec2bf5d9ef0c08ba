import { isIPv6 } from 'node:net';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';

/** Refuses with the time to wait where one of the keys has had more than its limit. */
export type CountAttempt = (attempts: { key: string; limit: number }[]) => Promise<void>;

const windowMs = 15 * 60_000;
const rememberedLimit = 10_000;

/**
 * Counts for all replicas together. Whoever is over a limit is refused from memory until that is over: a flood of
 * attempts takes no turn from those who write.
 */
export function createAttempts(store: Pick<Store, 'write'>, clock = Date.now): CountAttempt {
  const over = new Map<string, number>();

  return async (attempts) => {
    const until = Math.max(...attempts.map(({ key }) => over.get(key) ?? 0));
    if (until > clock()) throw tooMany(until - clock());
    const { waits } = await store.write({ kind: 'count-attempt', attempts, windowMs });
    if (waits.length === 0) return;
    if (over.size > rememberedLimit) over.clear(); // they are counted again, that is all
    for (const { key, retryAfterMs } of waits) over.set(key, clock() + retryAfterMs);
    throw tooMany(Math.max(...waits.map(({ retryAfterMs }) => retryAfterMs)));
  };
}

function tooMany(waitMs: number): Refusal {
  return new Refusal('too-many-attempts', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

/** What counts as one place: an IPv4 address, or the half of an IPv6 address that its network was given. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [left = '', right] = address.toLowerCase().split('::');
  const groups = left === '' ? [] : left.split(':');
  const known = right === undefined || right === '' ? [] : right.split(':');
  const all = [...groups, ...Array.from({ length: 8 - groups.length - known.length }, () => '0'), ...known];
  return `${all.slice(0, 4).join(':')}::/64`;
}
