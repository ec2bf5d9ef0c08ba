import { connect, type Socket } from 'node:net';
import { createTRPCClient, createWSClient, type TRPCClient, TRPCClientError, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { ChatRouter } from '../../server/chat/router.ts';
import type { RefusalReason } from '../../shared/refusals.ts';

export type StockClient = {
  trpc: TRPCClient<ChatRouter>;
  /** Reads nothing for a while, as a page in a tab that the browser froze. */
  stall(forMs: number): void;
  /** Gone without a close frame or a FIN; being the stock client, it connects again. */
  vanish(): void;
  /** Gone for good. */
  close(): void;
};

export type Doorway = {
  port: number;
  cookie: string;
  /** Called for each WebSocket that opens; returns what to call when it is gone. */
  onOpen?: () => () => void;
};

const keepAlive = { enabled: true, intervalMs: 2_500, pongTimeoutMs: 2_500 };
const handshakeTimeoutMs = 5_000;

/** As `client/src/wire/socket.ts` has it, but less patient, since chaos is. */
const retryDelayMs = (attempt: number) => Math.min(1_000, 60 * 2 ** attempt) * (0.3 + 0.7 * Math.random());

/** A tRPC client as it comes, on Node's `ws`, through the balancer's TCP port. */
export function createStockClient({ port, cookie, onOpen }: Doorway): StockClient {
  const open = new Map<WebSocket, Socket>();
  const origin = `http://127.0.0.1:${port}`;

  class CookieSocket extends WebSocket {
    constructor(url: string | URL) {
      const raw = connect(port, '127.0.0.1');
      super(url, {
        headers: { cookie, origin },
        createConnection: () => raw,
        perMessageDeflate: false,
        handshakeTimeout: handshakeTimeoutMs,
      });
      open.set(this, raw);
      let onGone: (() => void) | undefined;
      this.on('open', () => {
        onGone = onOpen?.();
      });
      this.on('close', () => {
        open.delete(this);
        onGone?.();
      });
    }
  }

  const socket = createWSClient({
    url: `ws://127.0.0.1:${port}/trpc`,
    WebSocket: CookieSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs,
    keepAlive,
  });

  const vanish = () => {
    for (const raw of open.values()) raw.resetAndDestroy();
  };
  return {
    trpc: createTRPCClient<ChatRouter>({ links: [wsLink({ client: socket })] }),
    stall(forMs) {
      const paused = [...open.keys()].filter(({ readyState }) => readyState === WebSocket.OPEN);
      for (const one of paused) one.pause();
      setTimeout(() => {
        for (const one of paused) one.resume();
      }, forMs);
    },
    vanish,
    close() {
      void socket.close();
      vanish();
    },
  };
}

/** Why the server said no; undefined where it is unknown what became of the call. */
export function refusalOf(error: unknown): RefusalReason | undefined {
  if (!(error instanceof TRPCClientError)) throw error;
  return (error as TRPCClientError<ChatRouter>).data?.reason;
}
