import { EventEmitter, on } from 'node:events';
import { createServer, type Server } from 'node:http';
import { initTRPC, tracked } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { Server as SocketIoServer } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';
import { textFrame, trackedText } from '../../server/chat/events/websocket-frame.ts';

/** What others would use in the hub's place, each as its documentation shows it; `broadcast` sends one event to all. */
type Peer = (server: Server) => (seq: number, payload: string) => void;

const peers: Record<string, Peer> = {
  /** The least that can be done: one frame, built once, written to every socket. */
  'raw-frame'(server) {
    const sockets = new Set<WebSocket & { _socket: { write(frame: Buffer): boolean } }>();
    const wss = new WebSocketServer({ server, perMessageDeflate: false });
    wss.on('connection', (socket) => void sockets.add(socket as never));
    return (seq, payload) => {
      const frame = textFrame(wireText(seq, payload));
      for (const { _socket: raw } of sockets) raw.write(frame);
    };
  },

  'ws-send'(server) {
    const wss = new WebSocketServer({ server, perMessageDeflate: false });
    return (seq, payload) => {
      const text = Buffer.from(wireText(seq, payload));
      for (const socket of wss.clients) socket.send(text, { binary: false });
    };
  },

  trpc(server) {
    const emitter = new EventEmitter().setMaxListeners(0);
    const { procedure, router } = initTRPC.create();
    const appRouter = router({
      events: procedure.subscription(async function* ({ signal }) {
        for await (const [event] of on(emitter, 'event', signal ? { signal } : {}))
          yield tracked(String((event as { seq: number }).seq), event);
      }),
    });
    applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router: appRouter });
    return (_, payload) => void emitter.emit('event', JSON.parse(payload));
  },

  'socket.io'(server) {
    const io = new SocketIoServer(server, { transports: ['websocket'], perMessageDeflate: false });
    io.on('connection', (socket) => void socket.join('room'));
    return (_, payload) => void io.to('room').emit('event', JSON.parse(payload));
  },
};

/** These have no protocol of their own, and say it as Ronda does. */
function wireText(seq: number, payload: string): string {
  return trackedText(1, `0123456789ab.${1_000 + seq}`, payload);
}

const [name = '', socketPath = ''] = process.argv.slice(2);
const server = createServer();
const broadcast = peers[name]?.(server);
if (broadcast === undefined) throw new Error(`No peer is called ${name}`);
server.listen(socketPath, () => process.send?.('ready'));
process.on('message', ({ seq, payload }: { seq: number; payload: string }) => broadcast(seq, payload));
