import { get } from 'node:http';
import { requestTarget, type Upstream } from './upstream.ts';

export type Readiness =
  | { kind: 'ready' }
  /** It lives and wants no more work: 503. */
  | { kind: 'not-ready' }
  | { kind: 'failed'; cause: string };

export function askReadiness(upstream: Upstream, timeoutMs: number, signal: AbortSignal): Promise<Readiness> {
  return new Promise((resolve) => {
    const request = get({
      ...requestTarget(upstream),
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
      resolve(readinessOf(response.statusCode));
      request.destroy();
    });
    request.on('error', (error) => resolve({ kind: 'failed', cause: error.message }));
    request.on('close', () => {
      clearTimeout(deadline);
      resolve({ kind: 'failed', cause: 'closed without an answer' });
    });
  });
}

function readinessOf(statusCode = 0): Readiness {
  if (statusCode === 200) return { kind: 'ready' };
  if (statusCode === 503) return { kind: 'not-ready' };
  return { kind: 'failed', cause: `answered ${statusCode}` };
}
