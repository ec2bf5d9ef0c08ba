import { createWSClient, type TRPCWebSocketClient } from '@trpc/client';

const pingIntervalMs = 15_000;
const pongTimeoutMs = 10_000;
const longestWaitMs = 5_000;

/** Jittered from the first attempt on, so that the clients of a dead replica don't all return in one instant. */
export function reconnectDelayMs(attempt: number, random = Math.random): number {
  return Math.min(longestWaitMs, 150 * 2 ** attempt) * (0.2 + 0.8 * random());
}

export type Socket = {
  client(): TRPCWebSocketClient;
  /** For a network that is suspected dead: a new socket, without waiting for the old one to find out. */
  replace(): void;
  close(): void;
};

export function createSocket(onClose: (code: number | undefined) => void): Socket {
  const open = () =>
    createWSClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`,
      retryDelayMs: reconnectDelayMs,
      keepAlive: { enabled: true, intervalMs: pingIntervalMs, pongTimeoutMs },
      onClose: (cause) => onClose(cause?.code),
    });
  let current = open();
  return {
    client: () => current,
    replace() {
      const old = current;
      current = open();
      void old.close();
    },
    close: () => void current.close(),
  };
}
