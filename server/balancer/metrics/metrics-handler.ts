import { timingSafeEqual } from 'node:crypto';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { type Refusal, refuseRequest } from '../refusals.ts';
import type { Replicas } from '../replicas.ts';
import { requestTarget } from '../upstream.ts';
import type { BalancerMetrics } from './balancer-metrics.ts';

type Options = {
  metrics: BalancerMetrics;
  replicas: Replicas;
  token: string | undefined;
  /** Where people come by another name, this machine's own proxies may not name who they forward. */
  publicUrl: string | undefined;
  timeoutMs: number;
};

const notYours: Refusal = {
  status: 403,
  reason: 'not-allowed',
  message: 'Metrics are told on this machine alone, or to who has the token.',
};
const unknownReplica: Refusal = { status: 404, reason: 'not-found', message: 'There is no such replica.' };
const silentReplica: Refusal = {
  status: 502,
  reason: 'replica-failed',
  message: 'The replica did not tell its metrics.',
};

/** `/metrics` of the balancer itself, and `/metrics?replica=chat-1` of a replica, whose answer is passed on. */
export function createMetricsHandler({ metrics, replicas, token, publicUrl, timeoutMs }: Options) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!hasToken(request, token) && (publicUrl !== undefined || !comesFromHere(request))) {
      refuseRequest(response, notYours);
      return;
    }
    const id = new URL(request.url ?? '', 'http://localhost').searchParams.get('replica');
    if (id === null) {
      const text = await metrics.read();
      response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text);
      return;
    }
    const replica = replicas.find(id);
    if (replica === undefined) {
      refuseRequest(response, unknownReplica);
      return;
    }
    const asked = get({
      ...requestTarget(replica.upstream),
      path: '/metrics',
      headers: { host: 'localhost' },
      agent: false,
      timeout: timeoutMs,
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => refuseRequest(response, silentReplica));
    asked.on('response', (answer) => {
      const { statusCode = 502, headers } = answer;
      // What names no type is passed on all the same: an undefined header would throw outside of any handler.
      const type = headers['content-type'] ?? 'text/plain';
      response.writeHead(statusCode, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      pipeline(answer, response, () => undefined);
    });
  };
}

function hasToken({ headers }: IncomingMessage, token: string | undefined): boolean {
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && given !== undefined && isSame(given, token);
}

/** Behind another proxy everybody seems to be on this machine: whoever was forwarded, or came by another name, isn't. */
function comesFromHere({ socket, headers }: IncomingMessage): boolean {
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers.via;
  const here = /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
  const namedHere = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(headers.host ?? '');
  return here && namedHere && forwarded === undefined;
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
