import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Timings } from './timings.ts';
import type { Upstream } from './upstream.ts';

export type ReplicaAddress = { id: string; host: string; port: number };

type Options = { addresses: readonly ReplicaAddress[]; timings: Timings; found(upstreams: Upstream[]): void };

/** Resolves the replicas' names again and again; a replica whose name leads elsewhere is met anew, under its old id. */
export function watchReplicaAddresses({ addresses, timings, found }: Options): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let last: readonly (Upstream | undefined)[] = [];

  async function resolveAll(): Promise<void> {
    last = await Promise.all(addresses.map((address, index) => resolve(address, last[index])));
    if (closed) return;
    found(last.filter((upstream) => upstream !== undefined));
    timer = setTimeout(() => void resolveAll(), timings.resolveIntervalMs);
  }

  if (addresses.length > 0) void resolveAll();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** Where a name leads to several addresses it stays with the one it had. What the resolver doesn't know now, it may know later. */
async function resolve({ id, host, port }: ReplicaAddress, last: Upstream | undefined): Promise<Upstream | undefined> {
  const addresses = isIP(host)
    ? [host]
    : await lookup(host, { all: true }).then(
        (found) => found.map(({ address }) => address).sort(),
        (error: NodeJS.ErrnoException) => (error.code === 'ENOTFOUND' ? [] : undefined),
      );
  if (addresses === undefined) return last;
  const kept = addresses.find((address) => last?.incarnation === address) ?? addresses[0];
  return kept === undefined ? undefined : { id, address: { host: kept, port }, incarnation: kept };
}
