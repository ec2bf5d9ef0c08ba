import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from '../logger.ts';
import type { AssetCache } from './asset-cache.ts';
import { type ForwardContext, forwardRequest } from './forward-request.ts';
import { type Refusal, refuseRequest } from './refusals.ts';
import { isClusterPath, isReplicaPath } from './routes.ts';
import { bareSecurityHeaders } from './security-headers.ts';
import { sendAsset } from './serve-asset.ts';

type Options = {
  assets: AssetCache;
  forward: ForwardContext;
  openCluster(): Promise<RequestListener>;
  metrics: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  log: Logger;
};

/** All that isn't a file of the page: what goes to a replica, how the balancer fares, and the page's own addresses. */
export function createSite({ assets, forward, openCluster, metrics, log }: Options): Express {
  const site = express();
  site.disable('x-powered-by');
  site.disable('etag');
  site.enable('case sensitive routing');

  site.use((request, response, next) => {
    if (isReplicaPath(request.originalUrl)) forwardRequest(request, response, forward);
    else next();
  });

  let cluster: Promise<RequestListener> | undefined;
  site.use(async (request, response, next) => {
    if (!isClusterPath(request.originalUrl)) {
      next();
      return;
    }
    cluster ??= openCluster();
    (await cluster)(request, response);
  });

  site.get('/metrics', metrics);

  site.get('/healthz', (_, response) => {
    answerState(response, 200, 'alive');
  });

  site.get('/readyz', (_, response) => {
    if (forward.replicas.usable()) answerState(response, 200, 'ready');
    else answerState(response, 503, 'no replica is usable');
  });

  site.use(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuseRequest(response, readOnly);
      return;
    }
    // A name with a dot is a file that isn't there; every other address is the page's own to explain.
    if (request.path.slice(request.path.lastIndexOf('/')).includes('.')) {
      refuseRequest(response, { status: 404, reason: 'not-found', message: 'There is nothing at this address.' });
      return;
    }
    await assets.refresh();
    const page = assets.page();
    if (page === undefined) answerNotBuilt(response);
    else sendAsset(page, request, response);
  });

  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    log.error('request-failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    refuseRequest(response, { status: 500, reason: 'internal', message: 'The balancer failed at this request.' });
  };
  site.use(failed);
  return site;
}

const readOnly: Refusal = {
  status: 405,
  reason: 'bad-request',
  message: 'This address can only be read.',
  headers: ['Allow', 'GET, HEAD'],
};

/** Plain, for the person who looks at it in a browser. */
function answerNotBuilt(response: ServerResponse): void {
  const headers = ['Content-Type', 'text/plain; charset=utf-8', 'Cache-Control', 'no-store', 'Retry-After', '2'];
  response.writeHead(503, [...headers, ...bareSecurityHeaders]);
  response.end('The page is not built yet. Run: npm run build\n');
}

function answerState(response: ServerResponse, statusCode: number, status: string): void {
  const headers = ['Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store'];
  response.writeHead(statusCode, [...headers, ...bareSecurityHeaders]);
  response.end(JSON.stringify({ status }));
}
