import { createTRPCClient, httpLink, type TRPCClient, type TRPCLink, wsLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { ChatRouter } from '../../../server/chat/router.ts';
import { chosenLanguage } from '../language/language.ts';
import { loadMorePhrases } from '../language/load-phrases.ts';
import { fetchOnceSignedOut } from './owed-sign-out.ts';
import { refusalOf } from './refusal.ts';
import type { Socket } from './socket.ts';

/** The only bridge from the page to the server's procedures. */
export type Ask = TRPCClient<ChatRouter>;

/** Who I am is settled over HTTP, since a WebSocket can't set a cookie. */
export type AskIdentity = Ask['identity'];

export function createAskIdentity(): AskIdentity {
  const link = httpLink<ChatRouter>({
    url: '/trpc',
    fetch: (url, init) => fetchOnceSignedOut(url, init as RequestInit),
  });
  return createTRPCClient<ChatRouter>({ links: [withRefusalWords, link] }).identity;
}

/** Everything else goes over the one socket, also after it was replaced. */
export function createAsk(socket: Socket): Ask {
  return createTRPCClient<ChatRouter>({
    links: [
      withRefusalWords,
      (runtime) => (operation) => wsLink<ChatRouter>({ client: socket.client() })(runtime)(operation),
    ],
  });
}

/** A refusal is told once its sentence is there, which the first load doesn't have. */
const withRefusalWords: TRPCLink<ChatRouter> =
  () =>
  ({ next, op }) =>
    observable((observer) =>
      next(op).subscribe({
        ...observer,
        error(cause) {
          const tell = () => observer.error(cause);
          if (op.type === 'subscription' || refusalOf(cause) === undefined) tell();
          else loadMorePhrases(chosenLanguage.get()).then(tell, tell);
        },
      }),
    );
