import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { frameBytesLimit } from '../../../shared/limits.ts';
import { closeCodes } from '../../../shared/refusals.ts';
import { originAllowed } from '../../origin-allowed.ts';
import { deviceOf } from '../identity/device.ts';
import type { SessionNotes } from '../identity/session-notes.ts';
import { sessionOf } from '../identity/session-of.ts';
import type { Session } from '../store/store.ts';
import { ChatSocket } from './chat-socket.ts';
import type { OpenSockets } from './open-sockets.ts';
import { requestUrl } from './request-guard.ts';
import { addressOf, secretHashOf } from './session-cookie.ts';
import { serveTrpc, type TrpcSocketOptions } from './trpc-socket.ts';

export type UpgradeOptions = TrpcSocketOptions & {
  sockets: OpenSockets;
  sessionNotes: Pick<SessionNotes, 'note'>;
  publicOrigin: string | undefined;
};

/** Shared by all: a function of its own for each connection would hold on to the request. */
function destroyThis(this: Duplex): void {
  this.destroy();
}
const ignore = () => undefined;

export type UpgradeHandler = (request: IncomingMessage, raw: Duplex, head: Buffer) => Promise<void>;

/**
 * Decides who gets a WebSocket, before there is one: host, path and origin first, then the session. An expired session
 * is accepted and closed with 4001, since a browser can't see why an upgrade was refused.
 */
export function createUpgradeHandler(options: UpgradeOptions): UpgradeHandler {
  const { sockets, sessionNotes, publicOrigin, presence, store } = options;
  // Compression would keep frames from being shared; the hub writes to the socket itself.
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: ChatSocket,
    maxPayload: frameBytesLimit,
    perMessageDeflate: false,
    clientTracking: false,
  });

  return async (request, raw, head) => {
    raw.on('error', destroyThis);
    // Of a request with a body Node hands over a stream that isn't the socket itself.
    if (!(raw instanceof Socket)) {
      raw.destroy();
      return;
    }
    const url = requestUrl(request);
    const refusal = refusalFor(url, request.headers.origin);
    if (refusal !== undefined) {
      raw.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => raw.destroy());
      return;
    }
    const session = await sessionOf(store, secretHashOf(request, publicOrigin));
    if (raw.destroyed) return;
    server.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', ignore); // ws closes it; 'close' tells the rest
      if (session === undefined || sockets.hasEnded(session.id)) {
        socket.close(closeCodes.signedOut, 'signed out');
        return;
      }
      accept(socket, raw, session);
      sessionNotes.note(session, deviceOf(request.headers['user-agent'], addressOf(request)));
    });
  };

  function accept(socket: ChatSocket, raw: Socket, session: Session): void {
    sockets.add(socket, raw, session);
    presence.connected(session.member.id);
    serveTrpc(options, socket, raw, session);
    socket.on('close', () => {
      sockets.remove(socket);
      presence.disconnected(session.member.id);
    });
  }

  function refusalFor(url: URL | undefined, origin: string | undefined): string | undefined {
    if (url === undefined || url.searchParams.has('connectionParams')) return '400 Bad Request';
    if (url.pathname !== '/trpc') return '404 Not Found';
    return originAllowed(origin, url, publicOrigin) ? undefined : '403 Forbidden';
  }
}
