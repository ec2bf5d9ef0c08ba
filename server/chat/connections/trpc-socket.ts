import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TRPCError } from '@trpc/server';
import { getWSConnectionHandler, jsonEncoder } from '@trpc/server/adapters/ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { closeCodes } from '../../../shared/refusals.ts';
import type { Context, SocketContext } from '../context.ts';
import { AttachMarker } from '../events/attach-marker.ts';
import { type EphemeralHub, untrackedText } from '../events/ephemeral-hub.ts';
import type { Hub } from '../events/hub.ts';
import type { Wire } from '../events/wire.ts';
import type { Presence } from '../presence/presence.ts';
import { type ChatRouter, chatRouter } from '../router.ts';
import type { Session, Store } from '../store/store.ts';
import { createAnswerTurns } from './answer-turns.ts';
import { paceReading } from './reading-pace.ts';

/** Calls in one frame: the stock client sends together what is asked in one turn. */
const batchLimit = 50;

/** The stock client's are numbers. Every frame of a subscription repeats its id, and the ring keeps some of them. */
const wireIdLimit = 32;

export type TrpcSocketOptions = {
  /** What one connection may call on end; a page opening asks for a few dozen things at once. */
  callsPerSecond: number;
  store: Store;
  hub: Hub;
  ephemeralHub: EphemeralHub;
  presence: Presence;
  onTyping(typing: { channel: number; member: number; name: string }): void;
  onError(error: TRPCError, path: string | undefined): void;
};

type TrpcConnection = {
  server: WebSocketServer;
  socket: WebSocket;
  raw: Socket;
  request: IncomingMessage;
  session: Session;
};

/** Serves the router on one WebSocket. The streams leave through the hubs, all else through tRPC. */
export function serveTrpc(options: TrpcSocketOptions, connection: TrpcConnection): void {
  const { store } = options;
  const { session, socket, raw } = connection;
  const wire: Wire = { socket: raw, isOpen: () => socket.readyState === socket.OPEN && raw.writable };
  const over = socketContext(options, connection);
  const pace = paceReading(socket, raw, options.callsPerSecond);
  socket.on('message', () => pace(1)); // whatever it is
  const handle = getWSConnectionHandler<ChatRouter>({
    wss: connection.server,
    router: chatRouter,
    maxBatchSize: batchLimit,
    createContext: (): Context => ({ store, session, over }),
    onError: ({ error, path }) => options.onError(error, path),
    experimental_encoder: {
      decode(data) {
        if (socket.readyState !== socket.OPEN) return []; // whoever was told to go has gone
        const calls = jsonEncoder.decode(data);
        if (Array.isArray(calls)) pace(Math.max(0, calls.length - 1));
        refuseLongIds(calls);
        return calls;
      },
      encode(data) {
        const found = markerIn(data);
        return found === undefined ? jsonEncoder.encode(data) : found.marker.attach(wire, found.wireId);
      },
    },
  });
  handle(connection.socket, connection.request);
}

function refuseLongIds(calls: unknown): void {
  for (const call of Array.isArray(calls) ? calls : [calls]) {
    const id = (call as { id?: unknown } | null)?.id;
    if (typeof id === 'string' && id.length > wireIdLimit) throw new Error('An id is too long');
  }
}

function socketContext(
  { hub, ephemeralHub, presence, onTyping }: TrpcSocketOptions,
  { socket, raw, session }: TrpcConnection,
): SocketContext {
  const { id: member, name } = session.member;
  const claimed = new Set<string>();

  return {
    kind: 'socket',
    inTurn: createAnswerTurns(raw),
    claim(subscription, signal) {
      if (claimed.has(subscription)) return false;
      claimed.add(subscription);
      signal.addEventListener('abort', () => claimed.delete(subscription), { once: true });
      return true;
    },
    events: (streams, lastEventId, signal) =>
      new AttachMarker((wire, wireId) => {
        const hello = hub.attach({ wire, wireId, member, streams, lastEventId, signal });
        if (hello !== undefined) return hello;
        setImmediate(() => socket.close(closeCodes.restarting, 'come again'));
        return reconnectText;
      }),
    ephemeral: (signal) =>
      new AttachMarker((wire, wireId) => {
        ephemeralHub.attach(wire, wireId, signal);
        const online = [...new Set([...presence.toldAll(), member])];
        return untrackedText(wireId, JSON.stringify({ kind: 'present', online }));
      }),
    typing(channel) {
      if (hub.mayRead(member, `channel:${channel}`)) onTyping({ channel, member, name });
    },
  };
}

/** What asks a stock client to open another connection before it lets go of this one. */
export const reconnectText = JSON.stringify({ id: null, method: 'reconnect' });

type DataAnswer = { id?: unknown; result?: { data?: unknown } };

function markerIn(answer: unknown): { wireId: number | string; marker: AttachMarker } | undefined {
  const { id, result } = answer as DataAnswer;
  if (typeof id !== 'number' && typeof id !== 'string') return undefined;
  const data = result?.data as { data?: unknown } | AttachMarker | null | undefined;
  const marker = data instanceof AttachMarker ? data : data?.data;
  return marker instanceof AttachMarker ? { wireId: id, marker } : undefined;
}
