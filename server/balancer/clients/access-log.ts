import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../logger.ts';
import type { ForwardedClient } from '../forwarded-headers.ts';
import { isReplicaPath } from '../routes.ts';
import type { UpgradeRequest } from '../upgrade-request.ts';

export type AccessLog = {
  /** One line when the answer is over, however it ends. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** One line when the connection is over. */
  webSocket(request: UpgradeRequest): void;
};

export const noAccessLog: AccessLog = { request: () => undefined, webSocket: () => undefined };

type Options = { log: Logger; clientOf(request: UpgradeRequest): ForwardedClient };

/** Who asked for what, what came of it, how long it took. Never a query, a header or a secret part of a path. */
export function createAccessLog({ log, clientOf }: Options): AccessLog {
  return {
    request(request, response) {
      const startedAt = performance.now();
      const { address } = clientOf(request);
      const bytesBefore = request.socket.bytesWritten;
      response.once('close', () => {
        log.info('request', {
          client: address,
          method: request.method,
          path: loggedPath(request.url ?? ''),
          // Without an answer it has none: the client went away first.
          status: response.headersSent ? response.statusCode : null,
          whole: response.writableFinished,
          bytes: request.socket.bytesWritten - bytesBefore,
          ms: Math.round(performance.now() - startedAt),
        });
      });
    },
    webSocket(request) {
      const startedAt = performance.now();
      const { address } = clientOf(request);
      const { socket } = request;
      socket.once('close', () => {
        log.info('websocket', {
          client: address,
          path: loggedPath(request.url ?? ''),
          bytesIn: socket.bytesRead,
          bytesOut: socket.bytesWritten,
          ms: Math.round(performance.now() - startedAt),
        });
      });
    },
  };
}

/** The page's own addresses hold invite codes and one-time links behind their first part. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?');
  if (isReplicaPath(path) || path.startsWith('/assets/')) return path;
  const [, first = '', ...rest] = path.split('/');
  return rest.length === 0 ? `/${first}` : `/${first}/…`;
}
