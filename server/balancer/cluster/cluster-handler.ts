import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { originAllowed } from '../../origin-allowed.ts';
import { readTicket } from '../../ticket.ts';
import type { LabDoors } from '../lab/ask-lab.ts';
import { type Refusal, refuseRequest } from '../refusals.ts';
import { clusterPath } from '../routes.ts';
import { type Cluster, type ClusterContext, clusterRouter } from './cluster-router.ts';

type Options = {
  cluster: Cluster;
  ticketsDirectory: string;
  labs: LabDoors;
  publicUrl: string | undefined;
  stopping: AbortSignal;
};

const bodyLimit = 4_096;

const foreign: Refusal = {
  status: 403,
  reason: 'origin-refused',
  message: 'A page of another origin may not do this.',
};

/**
 * The balancer's own router, over HTTP; a subscription comes as server-sent events. A ticket is no cookie: nothing
 * but a page that has one can send it. The origin is checked all the same, where a browser tells one.
 */
export function createClusterHandler({
  cluster,
  ticketsDirectory,
  labs,
  publicUrl,
  stopping,
}: Options): RequestListener {
  const handle = createHTTPHandler({
    router: clusterRouter,
    basePath: clusterPath,
    maxBodySize: bodyLimit,
    allowBatching: false,
    async createContext({ req, info }): Promise<ClusterContext> {
      // An EventSource can't send a header.
      const bearer = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1];
      const text = bearer ?? info.connectionParams?.ticket ?? '';
      return { ...cluster, ticket: await readTicket(ticketsDirectory, text, 'cluster'), labs, stopping };
    },
  });
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { origin, host = '' } = request.headers;
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (origin !== undefined && !originAllowed(origin, { host }, publicUrl)) refuseRequest(response, foreign);
    else handle(request, response);
  };
}
