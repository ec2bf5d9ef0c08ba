import { createTRPCClient, httpLink, type TRPCClient, wsLink } from '@trpc/client';
import type { ChatRouter } from '../../../server/chat/router.ts';
import type { Socket } from './socket.ts';

/** The only bridge from the page to the server's procedures. */
export type Ask = TRPCClient<ChatRouter>;

/** Who I am is settled over HTTP, since a WebSocket can't set a cookie. */
export type AskIdentity = Ask['identity'];

export function createAskIdentity(): AskIdentity {
  return createTRPCClient<ChatRouter>({ links: [httpLink({ url: '/trpc' })] }).identity;
}

/** Everything else goes over the one socket, also after it was replaced. */
export function createAsk(socket: Socket): Ask {
  return createTRPCClient<ChatRouter>({
    links: [(runtime) => (operation) => wsLink<ChatRouter>({ client: socket.client() })(runtime)(operation)],
  });
}
