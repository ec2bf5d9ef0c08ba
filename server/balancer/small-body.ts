import type { IncomingMessage } from 'node:http';

/** Less than what Node holds of a request that nobody reads. */
const smallLimit = 32_768;

export function isSmallBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= smallLimit;
}

type Options = { request: IncomingMessage; stallMs: number; arrived(): void; stalled(): void };

/**
 * Waits for a small body, so that a slow sender takes nobody's place at a replica meanwhile; of anything else it calls
 * at once. The body stays in the request, to be read from there.
 */
export function awaitSmallBody({ request, stallMs, arrived, stalled }: Options): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length === 0 || !isSmallBody(request) || request.complete) {
    arrived();
    return;
  }
  const timer = setTimeout(() => leave(stalled), stallMs);
  const close = (): void => leave(() => undefined);

  function look(): void {
    if (request.readableLength >= length) leave(arrived);
    else timer.refresh();
  }

  function leave(then: () => void): void {
    clearTimeout(timer);
    request.off('readable', look).off('close', close);
    then();
  }

  request.on('readable', look).on('close', close);
}
