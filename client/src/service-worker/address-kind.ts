/** Served by a replica or by the balancer about itself: never from a cache. */
const servers = ['/trpc', '/files', '/cluster/trpc', '/healthz', '/readyz', '/metrics'];

/** Not the worker itself: the browser asks for that one, and it is how a new release is noticed. */
const never = '/service-worker.js';

/** What an address of ours stands for: the page, which has many, one of its files, or a server's own answer. */
export function addressKind(path: string): 'page' | 'file' | 'server' {
  if (path === never || servers.some((server) => path === server || path.startsWith(`${server}/`))) return 'server';
  return path.slice(path.lastIndexOf('/')).includes('.') ? 'file' : 'page';
}
