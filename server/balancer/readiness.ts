import { get } from 'node:http';
import type { Upstream } from './upstream.ts';

/** Resolves to undefined where the replica can take work, else to the reason why not. */
export function findFaultIn(upstream: Upstream, timeoutMs: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get({
      socketPath: upstream.address.path,
      path: '/readyz',
      // The name under which no browser asks: a replica that checks Host still answers its check.
      headers: { host: 'localhost' },
      agent: false,
      signal,
    });
    // A deadline for the whole check, since a replica may accept and then say nothing.
    const deadline = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    request.on('response', (response) => {
      response.on('error', () => undefined).resume();
      resolve(response.statusCode === 200 ? undefined : `answered ${response.statusCode}`);
      request.destroy();
    });
    request.on('error', (error) => resolve(error.message));
    request.on('close', () => {
      clearTimeout(deadline);
      resolve('closed without an answer');
    });
  });
}
