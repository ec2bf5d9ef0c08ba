import { isIPv6 } from 'node:net';
import { createSlots, type Slots } from '../slots.ts';

/** Each for one client address; 0 for none. */
export type ClientLimits = {
  /** Open at once. */
  connections: number;
  /** A second, over time; twenty seconds' worth may come at once. */
  handshakesPerSecond: number;
  requestsPerSecond: number;
  /** Bodies that take long to come, at once; each replica has 128 places for them. */
  uploads: number;
};

/** Far above what a whole school behind one address does on the morning after a restart. */
export const defaultClientLimits: ClientLimits = {
  connections: 8_000,
  handshakesPerSecond: 200,
  requestsPerSecond: 500,
  uploads: 64,
};

export type ClientGate = {
  /** One connection more; false where that is too many. */
  enter(address: string): boolean;
  leave(address: string): void;
  mayShakeHands(address: string): boolean;
  mayAsk(address: string): boolean;
  /** Where its uploads take a place before they look for a replica; undefined where it may have any number. */
  uploadPlaces(address: string): Slots | undefined;
  /** How many addresses it remembers. */
  readonly size: number;
  close(): void;
};

const burstSeconds = 20;
const forgetAfterMs = 60_000;

const waitingUploads = 1_024;

type Standing = { connections: number; handshakes: Bucket; requests: Bucket; uploads: Slots };
type Bucket = { tokens: number; at: number };

/** This machine itself is never held back: tests, benchmarks and a proxy beside us come from there. */
export function createClientGate(limits: ClientLimits, exempt = isLoopback): ClientGate {
  const records = new Map<string, Standing>();
  const sweeper = setInterval(sweep, forgetAfterMs);
  sweeper.unref();

  function recordOf(address: string): Standing {
    const key = keyOf(address);
    const known = records.get(key);
    if (known !== undefined) return known;
    const at = Date.now();
    const record = {
      connections: 0,
      handshakes: { tokens: limits.handshakesPerSecond * burstSeconds, at },
      requests: { tokens: limits.requestsPerSecond * burstSeconds, at },
      uploads: createSlots(limits.uploads, waitingUploads),
    };
    records.set(key, record);
    return record;
  }

  /** By then every bucket is full again, and a new record says the same. */
  function sweep(): void {
    const longAgo = Date.now() - forgetAfterMs;
    for (const [key, { connections, handshakes, requests, uploads }] of records)
      if (connections + uploads.taken === 0 && handshakes.at < longAgo && requests.at < longAgo) records.delete(key);
  }

  return {
    enter(address) {
      if (limits.connections === 0 || exempt(address)) return true;
      const record = recordOf(address);
      if (record.connections >= limits.connections) return false;
      record.connections += 1;
      return true;
    },
    leave(address) {
      if (exempt(address)) return;
      const record = records.get(keyOf(address));
      if (record !== undefined && record.connections > 0) record.connections -= 1;
    },
    mayShakeHands: (address) => exempt(address) || take(recordOf(address).handshakes, limits.handshakesPerSecond),
    mayAsk: (address) => exempt(address) || take(recordOf(address).requests, limits.requestsPerSecond),
    uploadPlaces: (address) => (limits.uploads === 0 || exempt(address) ? undefined : recordOf(address).uploads),
    get size() {
      return records.size;
    },
    close: () => clearInterval(sweeper),
  };
}

function take(bucket: Bucket, perSecond: number): boolean {
  if (perSecond === 0) return true;
  const now = Date.now();
  bucket.tokens = Math.min(perSecond * burstSeconds, bucket.tokens + ((now - bucket.at) * perSecond) / 1_000);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** Who has one IPv6 address has 2^64 of them. */
function keyOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [left = '', right = ''] = address.split('::');
  const groups = left.split(':');
  if (address.includes('::'))
    groups.push(...Array(8 - groups.length - right.split(':').length).fill('0'), ...right.split(':'));
  return groups.slice(0, 4).join(':');
}
