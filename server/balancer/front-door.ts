import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import type { AssetCache } from './asset-cache.ts';
import { type AccessLog, noAccessLog } from './clients/access-log.ts';
import type { ClientGate } from './clients/client-limits.ts';
import type { ClientSight } from './clients/client-sight.ts';
import { expectErrors } from './ending.ts';
import type { Handshakes } from './handshakes.ts';
import { listenShared, portOf } from './listening.ts';
import { refuseRequest, tooMany } from './refusals.ts';
import { faultInRequest } from './request-faults.ts';
import { strictTransport } from './security-headers.ts';
import { serveAsset } from './serve-asset.ts';
import { createPreparedAnswers } from './short-way/prepared-answer.ts';
import { createShortWay } from './short-way/short-way.ts';
import type { Timings } from './timings.ts';
import { type Certificate, tlsOptions } from './tls/certificate.ts';
import { createUnansweredRequests } from './unanswered-requests.ts';
import { asksForWebSocket } from './upgrade-request.ts';

export type FrontDoor = {
  /** Resolves to the address that people open. */
  listen(port: number, bind: string, takeOver: boolean): Promise<string>;
  /** Whoever comes now reaches another process; who is here is served as before. */
  stopListening(): void;
  /** The port, once it listens. */
  port(): number;
  /** Of new connections, where this door has TLS. */
  use(certificate: Certificate): void;
  /** Lets what is under way finish, at most `stopMs`. */
  close(): Promise<void>;
};

type Options = {
  assets: AssetCache;
  site: RequestListener;
  tls: boolean;
  handshakes: Handshakes;
  sight: ClientSight;
  gate: ClientGate;
  accessLog: AccessLog;
  timings: Timings;
  failed(error: Error): void;
};

/** Where clients arrive: what is malformed is turned away here, and each of the others is shown its way. */
export function createFrontDoor(options: Options): FrontDoor {
  const { assets, site, tls, handshakes, sight, gate, accessLog, timings, failed } = options;
  const unanswered = createUnansweredRequests();
  const sockets = new Set<Socket>();
  const serverOptions = {
    // A request that offers another protocol, such as `h2c`, is answered as if it hadn't.
    shouldUpgradeCallback: asksForWebSocket,
    headersTimeout: timings.headMs,
    requestTimeout: timings.requestMs,
    connectionsCheckingInterval: timings.headMs / 5,
    keepAliveTimeout: timings.keepAliveMs,
  };
  const secure = tls
    ? createTlsServer({ ...serverOptions, ...tlsOptions, handshakeTimeout: timings.headMs })
    : undefined;
  const server: Server | TlsServer = secure ?? createServer(serverOptions);
  server.timeout = 2 * timings.bodyStallMs;

  const shortWay = createShortWay({
    answer:
      accessLog === noAccessLog ? createPreparedAnswers({ assets, tls, keepAliveMs: timings.keepAliveMs }) : nothing,
    shakeHands(socket, { url, headers: { named, raw, endToEndLines } }, first) {
      const request = { method: 'GET', url, headers: named, rawHeaders: raw, endToEndLines, socket };
      accessLog.webSocket(request);
      handshakes.start(request, first);
    },
    parse: takeConnectionsOf(server, tls ? 'secureConnection' : 'connection'),
    tls,
    timings,
  });

  server.on('connection', (socket) => {
    const peer = sight.peerOf(socket);
    if (sight.isTrusted(peer)) socket.on('close', forget);
    else if (gate.enter(peer)) socket.on('close', leave);
    else {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    if (!tls) shortWay.arrive(socket);
  });
  secure?.on('secureConnection', shortWay.arrive);
  function forget(this: Socket): void {
    sockets.delete(this);
  }
  function leave(this: Socket): void {
    sockets.delete(this);
    gate.leave(sight.peerOf(this));
  }

  server.on('upgrade', (request, stream, first) => {
    const { socket } = request;
    // Before anything else that could throw or wait. Node hands a wrapper over where a body is still to come, which
    // a handshake can't have: it is refused on the socket itself.
    expectErrors(stream);
    if (stream !== socket) expectErrors(socket);
    socket.setTimeout(0);
    accessLog.webSocket(request);
    if (unanswered.on(socket)) socket.destroy();
    else handshakes.start(request, first);
  });
  server.on('request', (request, response) => {
    if (request.socket.destroyed) return; // what came with a request for which it was closed
    accessLog.request(request, response);
    if (tls) response.setHeader(...strictTransport);
    const fault = faultInRequest(request);
    if (fault !== undefined)
      refuseRequest(response, { status: 400, reason: 'bad-request', message: `The request has ${fault}.` });
    else if (!serveAsset(assets, request, response)) {
      if (!gate.mayAsk(sight.clientOf(request).address)) refuseRequest(response, tooMany);
      else if (unanswered.expectAnswer(request, response)) site(request, response);
      else request.socket.destroy();
    }
  });

  let closed: Promise<void> | undefined;
  let idle: NodeJS.Timeout | undefined;

  function stopListening(): Promise<void> {
    closed ??= new Promise((resolve) => server.close(() => resolve()));
    // Again and again, since Node keeps those open that become idle after it has stopped listening.
    idle ??= setInterval(closeIdle, 50);
    shortWay.closeIdle();
    return closed;
  }

  function closeIdle(): void {
    shortWay.closeIdle();
    server.closeIdleConnections();
  }

  return {
    async listen(port, bind, takeOver) {
      await listenShared(server, port, bind, takeOver);
      server.on('error', failed);
      return `${tls ? 'https' : 'http'}://${isIPv6(bind) ? `[${bind}]` : bind}:${portOf(server)}`;
    },
    stopListening: () => void stopListening(),
    port: () => portOf(server),
    use: (certificate) => secure?.setSecureContext({ ...tlsOptions, ...certificate }),
    async close() {
      const deadline = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, timings.stopMs);
      await stopListening();
      clearInterval(idle);
      clearTimeout(deadline);
      shortWay.close();
    },
  };
}

/** Removes the one listener by which Node's server takes its connections, and returns it: who calls it hands one over. */
function takeConnectionsOf(server: Server | TlsServer, event: 'connection' | 'secureConnection') {
  const [take] = server.listeners(event);
  server.removeAllListeners(event);
  return (socket: Socket): void => void take?.call(server, socket);
}

const nothing = (): undefined => undefined;
