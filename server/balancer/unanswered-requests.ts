import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export type UnansweredRequests = {
  /** One more on its connection; false where that is too many. */
  expectAnswer(request: IncomingMessage, response: ServerResponse): boolean;
  on(socket: Duplex): boolean;
};

/** Node reads on without end while nothing is answered. Browsers send the next request after the answer to the last. */
const unansweredLimit = 64;

/** Node raises `upgrade` while an earlier request on the connection is unanswered, and would mix the two answers. */
export function createUnansweredRequests(): UnansweredRequests {
  const counts = new WeakMap<Duplex, number>();
  const count = (socket: Duplex, change: number) => void counts.set(socket, (counts.get(socket) ?? 0) + change);
  return {
    expectAnswer({ socket }, response) {
      count(socket, 1);
      response.once('close', () => count(socket, -1));
      return (counts.get(socket) ?? 0) <= unansweredLimit;
    },
    on: (socket) => (counts.get(socket) ?? 0) > 0,
  };
}
