/** Where a replica listens: on a Unix socket or over TCP. */
export type Upstream = {
  id: string;
  address: { path: string } | { host: string; port: number };
  /** Changes when another process takes over the address, so that a restarted replica starts with a clean slate. */
  incarnation: string;
};

/** The address as Node's HTTP client takes it. */
export function requestTarget({ address }: Upstream): { socketPath: string } | { host: string; port: number } {
  return 'path' in address ? { socketPath: address.path } : address;
}
