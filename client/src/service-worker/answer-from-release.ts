import { addressKind } from './address-kind.ts';
import { findFile } from './release-cache.ts';

/** Undefined for all that goes its own way to the network: whatever is said, uploaded, or told about the servers. */
export function answerFromRelease(request: Request, origin: string): Promise<Response> | undefined {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return undefined;
  const kind = addressKind(url.pathname);
  if (kind === 'page') return request.mode === 'navigate' ? fromRelease('/', request) : undefined;
  return kind === 'file' ? fromRelease(url.pathname, request) : undefined;
}

async function fromRelease(path: string, request: Request): Promise<Response> {
  return (await findFile(path).catch(() => undefined)) ?? fetch(request);
}
