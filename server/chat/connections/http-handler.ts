import type { IncomingMessage, ServerResponse } from 'node:http';
import { TRPCError } from '@trpc/server';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { frameBytesLimit } from '../../../shared/limits.ts';
import type { DemoPerson } from '../../../shared/protocol.ts';
import type { RefusalReason } from '../../../shared/refusals.ts';
import { originAllowed } from '../../origin-allowed.ts';
import type { TicketSigner } from '../../ticket.ts';
import { createAvatarHandler, isAvatarPath } from '../avatars/avatar-handler.ts';
import type { MakeAvatar } from '../avatars/make-avatar.ts';
import type { Context } from '../context.ts';
import { type FilesHandler, filesPath } from '../files/files-handler.ts';
import { createAttempts, placeOf } from '../identity/attempts.ts';
import { sessionOf } from '../identity/session-of.ts';
import type { ReplicaMetrics } from '../metrics.ts';
import type { PushPolicy } from '../notices/push-policy.ts';
import type { Presence } from '../presence/presence.ts';
import { chatRouter } from '../router.ts';
import type { Store } from '../store/store.ts';
import { requestUrl } from './request-guard.ts';
import { addressOf, secretHashOf, sessionCookie } from './session-cookie.ts';

const prefix = '/trpc/';
const noFaces: ReadonlySet<string> = new Set();

export type HttpOptions = {
  store: Store;
  presence: Presence;
  files: { handler: FilesHandler; context: Context['files'] };
  figures: Context['figures'];
  pushPolicy: PushPolicy;
  publicOrigin: string | undefined;
  demo: DemoPerson[] | undefined;
  signTicket: TicketSigner;
  lab: boolean;
  metrics: Pick<ReplicaMetrics, 'contentType' | 'read'>;
  makeAvatar: MakeAvatar;
  /** Whether the balancer may send new connections here. */
  usable(): boolean;
  onError(error: TRPCError, path: string | undefined): void;
};

/** What a replica answers over plain HTTP: whether it lives, whether it is usable, and the router. */
export function createHttpHandler(options: HttpOptions) {
  const { store, presence, files, figures, pushPolicy, publicOrigin, demo, signTicket, lab } = options;
  const countAttempt = createAttempts(store);
  const demoFaces = new Set(demo?.flatMap(({ avatar }) => avatar ?? []));
  const onAvatarError = (cause: unknown) =>
    options.onError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), 'avatars');
  const avatars = createAvatarHandler({ ...options, countAttempt, onError: onAvatarError });
  const trpc = createHTTPHandler({
    router: chatRouter,
    basePath: prefix,
    maxBodySize: frameBytesLimit,
    allowBatching: false,
    createContext: async ({ req, res }): Promise<Context> => {
      const cookie = sessionCookie(req, res, publicOrigin);
      const session = await sessionOf(store, cookie.secretHash);
      const place = placeOf(addressOf(req));
      return {
        store,
        session,
        presence,
        files: files.context,
        figures,
        pushPolicy,
        over: { kind: 'http', cookie, place, countAttempt, signTicket, lab, demo: isHere(place) ? demo : undefined },
      };
    },
    onError: ({ error, path }) => options.onError(error, path),
  });

  return (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const url = requestUrl(request);
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (url === undefined) answer(response, 400, 'bad-request');
    else if (url.pathname === '/healthz') answer(response, 200);
    else if (url.pathname === '/readyz') answer(response, options.usable() ? 200 : 503);
    // As the balancer writes it, who has asked who wants to know: not by a way round such as /trpc/../metrics.
    else if (request.url === '/metrics') void answerMetrics(response, options);
    else if (isAvatarPath(url.pathname)) {
      if (!safe && !originAllowed(request.headers.origin, url, publicOrigin)) answer(response, 403, 'origin-refused');
      else void avatars(request, response, url.pathname, isHere(placeOf(addressOf(request))) ? demoFaces : noFaces);
    } else if (!url.pathname.startsWith(prefix) && !url.pathname.startsWith(filesPath))
      answer(response, 404, 'unknown-procedure');
    else if (!safe && !originAllowed(request.headers.origin, url, publicOrigin))
      answer(response, 403, 'origin-refused');
    else if (url.pathname.startsWith(filesPath)) void answerFiles(request, response, url);
    else trpc(request, response);
  };

  async function answerFiles(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const session = await sessionOf(store, secretHashOf(request, publicOrigin));
      const { pathname, search } = url;
      await files.handler(request, response, { pathname, search, member: session?.member.id });
    } catch (cause) {
      options.onError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), 'files');
      if (response.headersSent) response.destroy();
      else answer(response, 500, 'internal');
    }
  }
}

/** On this very machine. */
function isHere(place: string): boolean {
  return place.startsWith('127.');
}

/** Only the balancer reaches this socket, and it asks who wants to know. */
async function answerMetrics(response: ServerResponse, { metrics, onError }: HttpOptions): Promise<void> {
  try {
    const text = await metrics.read();
    response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
  } catch (cause) {
    onError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), 'metrics');
    answer(response, 500, 'internal');
  }
}

/** In the shape of a tRPC error, so that a client has one way to read a refusal. */
function answer(response: ServerResponse, status: number, reason?: RefusalReason): void {
  const body = reason === undefined ? {} : { error: { message: reason, code: -32_600, data: { reason, details: {} } } };
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
