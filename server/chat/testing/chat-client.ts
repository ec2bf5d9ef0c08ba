import { connect, type Socket } from 'node:net';
import { createTRPCClient, createWSClient, type TRPCClient, TRPCClientError, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { Ephemeral, Frame, LogEvent } from '../../../shared/protocol.ts';
import type { RefusalReason } from '../../../shared/refusals.ts';
import type { ChatRouter } from '../router.ts';
import { testOrigin } from './http-call.ts';

export type ChatClient = {
  trpc: TRPCClient<ChatRouter>;
  /** Every frame of the durable stream so far, with its id. */
  frames: { id: string; data: Frame }[];
  /** Every frame of the ephemeral stream so far. */
  ephemerals: Ephemeral[];
  closeCodes: number[];
  /** Opens the ephemeral stream. */
  listen(): void;
  /** Opens the durable stream; resolves with the hello. */
  follow(lastEventId?: string): Promise<Extract<Frame, { kind: 'hello' }>>;
  /** Resolves when a frame matches, looking at those that came already too. */
  seen(matches: (frame: Frame) => boolean, what: string): Promise<Frame>;
  events(): LogEvent[];
  close(): Promise<void>;
};

const patienceMs = 10_000;

/** A stock tRPC client, over a real WebSocket on a replica's socket, or on whatever `socketPath` names at that moment. */
export function createChatClient({ socketPath, cookie }: { socketPath: string | (() => string); cookie: string }) {
  return createChatClientOver(() => connect(typeof socketPath === 'string' ? socketPath : socketPath()), cookie);
}

/** The same over whatever `open` connects to at that moment. */
export function createChatClientOver(
  open: () => Socket,
  cookie: string,
  retryDelayMs: (attempt: number) => number = () => 20 + Math.random() * 30,
): ChatClient {
  const closeCodes: number[] = [];
  class CookieSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie, origin: testOrigin }, createConnection: open });
      this.on('close', (code) => closeCodes.push(code));
    }
  }
  const socket = createWSClient({
    url: 'ws://localhost/trpc',
    WebSocket: CookieSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs,
  });
  const trpc = createTRPCClient<ChatRouter>({ links: [wsLink({ client: socket })] });
  const frames: ChatClient['frames'] = [];
  const ephemerals: Ephemeral[] = [];
  const watchers = new Set<() => void>();

  const client: ChatClient = {
    trpc,
    frames,
    ephemerals,
    closeCodes,
    listen: () => void trpc.ephemeral.subscribe(undefined, { onData: (data) => ephemerals.push(data) }),
    async follow(lastEventId) {
      trpc.events.subscribe(lastEventId === undefined ? undefined : { lastEventId }, {
        onData({ id, data }) {
          frames.push({ id, data });
          for (const watch of watchers) watch();
        },
        onError: () => undefined,
      });
      return (await client.seen(({ kind }) => kind === 'hello', 'hello')) as Extract<Frame, { kind: 'hello' }>;
    },
    seen(matches, what) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          const kinds = frames.map(({ id, data }) => `${id} ${data.kind}`).join(', ');
          reject(new Error(`Not seen within ${patienceMs} ms: ${what}. Seen: ${kinds}`));
        }, patienceMs);
        const look = () => {
          const found = frames.find(({ data }) => matches(data));
          if (found === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found.data);
        };
        watchers.add(look);
        look();
      });
    },
    events: () => frames.map(({ data }) => data).filter((data): data is LogEvent => 'seq' in data),
    async close() {
      await socket.close();
    },
  };
  return client;
}

/** The reason of the refusal that a call ended with. */
export async function refusalOf(call: Promise<unknown>): Promise<RefusalReason | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof TRPCClientError) return (error as TRPCClientError<ChatRouter>).data?.reason;
    throw error;
  }
}
