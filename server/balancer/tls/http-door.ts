import { createServer } from 'node:http';
import { listenShared, portOf } from '../listening.ts';
import { refuseRequest } from '../refusals.ts';
import { faultInRequest } from '../request-faults.ts';
import type { Timings } from '../timings.ts';

/** What the authority asks for, by token, while an order is under way. */
export type AcmeChallenges = Map<string, string>;

export type HttpDoor = { readonly port: number; close(): void };

type Options = {
  port: number;
  bind: string;
  takeOver: boolean;
  challenges: AcmeChallenges;
  /** Without it, the host that the client asked for, at `httpsPort`. */
  publicUrl: string | undefined;
  httpsPort(): number;
  timings: Timings;
};

const challengePath = '/.well-known/acme-challenge/';

/** The door without TLS: it answers the authority and sends everyone else to the other one. */
export async function openHttpDoor({
  port,
  bind,
  takeOver,
  challenges,
  publicUrl,
  httpsPort,
  timings,
}: Options): Promise<HttpDoor> {
  const server = createServer(
    {
      headersTimeout: timings.headMs,
      requestTimeout: timings.headMs,
      connectionsCheckingInterval: timings.headMs / 5,
      keepAliveTimeout: 1_000,
      maxHeaderSize: 8_192,
    },
    (request, response) => {
      const { url = '', headers } = request;
      const fault = faultInRequest(request);
      if (fault !== undefined) {
        refuseRequest(response, { status: 400, reason: 'bad-request', message: `The request has ${fault}.` });
        return;
      }
      const answer = url.startsWith(challengePath) ? challenges.get(url.slice(challengePath.length)) : undefined;
      if (answer !== undefined) {
        response.writeHead(200, ['Content-Type', 'text/plain', 'Cache-Control', 'no-store']);
        response.end(answer);
        return;
      }
      const origin = publicUrl ?? `https://${(headers.host ?? '').replace(/:\d+$/, '')}:${httpsPort()}`;
      // 308: a POST stays one. No body is read, hence the close.
      response.writeHead(308, ['Location', `${origin}${url}`, 'Content-Length', '0', 'Connection', 'close']);
      response.end();
    },
  );
  await listenShared(server, port, bind, takeOver);
  return {
    port: portOf(server),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
