import type { WebSocket } from 'ws';
import { closeCodes } from '../../../shared/refusals.ts';
import type { Session } from '../store/store.ts';

/** Every open WebSocket with the session that it was opened under. */
export type OpenSockets = {
  readonly size: number;
  /** From here on the socket's session and silence are watched. */
  add(socket: WebSocket, session: Session): void;
  endSession(session: number): void;
  /** Whether it ended lately: what was read of a session before that is no longer true. */
  hasEnded(session: number): boolean;
  /** Ends what has expired, asks the silent whether they live, lets go of those that don't answer. */
  sweep(now: number): void;
  [Symbol.iterator](): Iterator<WebSocket>;
};

type Watched = { session: Session; heardAt: number };

const pingAfterMs = 30_000;
const goneAfterMs = 60_000;

/** Longer than it takes from reading a session to watching its socket. */
const rememberEndedMs = 60_000;

export function createOpenSockets(): OpenSockets {
  const watched = new Map<WebSocket, Watched>();
  const endedAt = new Map<number, number>();

  function endWhere(ended: (session: Session) => boolean): void {
    for (const [socket, { session }] of watched) if (ended(session)) socket.close(closeCodes.signedOut, 'signed out');
  }

  return {
    get size() {
      return watched.size;
    },
    add(socket, session) {
      const entry: Watched = { session, heardAt: Date.now() };
      watched.set(socket, entry);
      const heard = () => {
        entry.heardAt = Date.now();
      };
      socket.on('message', heard).on('pong', heard).on('ping', heard);
      socket.once('close', () => watched.delete(socket));
    },
    endSession(id) {
      endedAt.set(id, Date.now());
      endWhere((session) => session.id === id);
    },
    hasEnded: (id) => endedAt.has(id),
    sweep(now) {
      endWhere((session) => session.expiresAt <= now);
      for (const [id, at] of endedAt) if (now - at > rememberEndedMs) endedAt.delete(id);
      for (const [socket, { heardAt }] of watched) {
        if (now - heardAt > goneAfterMs) socket.terminate();
        else if (now - heardAt > pingAfterMs) socket.ping();
      }
    },
    [Symbol.iterator]: () => watched.keys(),
  };
}
