/** Of what a replica answers; everything else is the balancer's own. */
const replicaPaths = ['/trpc', '/files'] as const;

export function isReplicaPath(url: string): boolean {
  return replicaPaths.some((path) => url.startsWith(path) && endsAt(url, path.length));
}

/** The balancer's own router. */
export const clusterPath = '/cluster/trpc/';

export function isClusterPath(url: string): boolean {
  return url.startsWith(clusterPath);
}

export function isWebSocketPath(url: string): boolean {
  return url === '/trpc' || url.startsWith('/trpc?');
}

function endsAt(url: string, index: number): boolean {
  return url.length === index || url[index] === '/' || url[index] === '?';
}
