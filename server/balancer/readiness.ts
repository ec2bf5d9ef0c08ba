import { Agent, type ClientRequest, get } from 'node:http';
import type { Socket } from 'node:net';
import { requestTarget, type Upstream } from './upstream.ts';

export type Readiness =
  | { kind: 'ready' }
  /** It lives and wants no more work: 503. */
  | { kind: 'not-ready' }
  /** Its address is there, but no process behind it. */
  | { kind: 'refused'; cause: string }
  | { kind: 'failed'; cause: string };

export type ReadinessCheck = {
  ask(): Promise<Readiness>;
  /** The connection that the next check will use, where the replica keeps it open: its end is news. */
  idleConnection(): Socket | undefined;
  close(): void;
};

/** All checks of a replica go over one connection. */
export function createReadinessCheck(upstream: Upstream, timeoutMs: number, signal: AbortSignal): ReadinessCheck {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  function ask(): Promise<Readiness> {
    return new Promise((resolve) => {
      const request = get({
        ...requestTarget(upstream),
        path: '/readyz',
        // The name under which no browser asks: a replica that checks Host still answers its check.
        headers: { host: 'localhost' },
        agent,
        signal,
      });
      // A deadline for the whole check, since a replica may accept and then say nothing.
      const deadline = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
      let readiness: Readiness = { kind: 'failed', cause: 'closed without an answer' };
      request.on('response', (response) => {
        response.on('error', () => undefined).resume();
        readiness = readinessOf(response.statusCode);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        readiness = { kind: error.code === 'ECONNREFUSED' ? 'refused' : 'failed', cause: error.message };
        // It was closed as we asked; only a new connection tells whether anybody is there.
        if (endedWhileIdle(request, error)) resolve(ask());
      });
      request.on('close', () => {
        clearTimeout(deadline);
        resolve(readiness);
      });
    });
  }

  return {
    ask,
    idleConnection: () => Object.values(agent.freeSockets).flat()[0],
    close: () => agent.destroy(),
  };
}

function endedWhileIdle(request: ClientRequest, { code }: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
}

function readinessOf(statusCode = 0): Readiness {
  if (statusCode === 200) return { kind: 'ready' };
  if (statusCode === 503) return { kind: 'not-ready' };
  return { kind: 'failed', cause: `answered ${statusCode}` };
}
