import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Person } from '../../../shared/protocol.ts';
import { closeCodes } from '../../../shared/refusals.ts';
import type { Session } from '../store/store.ts';

/** Every open WebSocket with the session that it was opened under. */
export type OpenSockets = {
  readonly size: number;
  /** From here on the socket's session and silence are watched; `raw` is what lies beneath it. */
  add(socket: WebSocket, raw: Socket, session: Session): void;
  remove(socket: WebSocket): void;
  endSession(session: number): void;
  /** Whether it ended lately: what was read of a session before that is no longer true. */
  hasEnded(session: number): boolean;
  /** Somebody is called or looks otherwise from now on, also in what their connections say of them. */
  changeMember(member: Person): void;
  /** Of all that are open. */
  sessions(): Set<number>;
  /** Each second: ends what has expired, asks the silent whether they live, lets go of those that don't answer. */
  sweep(): void;
  [Symbol.iterator](): Iterator<WebSocket>;
};

type Watched = { raw: Socket; session: Session; bytesRead: number; silentSweeps: number };

/** Sweeps, not a clock's time: neither a clock that is set nor a process that was stopped makes anyone look silent. */
const pingAfter = 30;
const goneAfter = 60;

/** Sweeps; longer than it takes from reading a session to watching its socket. */
const rememberEnded = 60;

export function createOpenSockets(): OpenSockets {
  const watched = new Map<WebSocket, Watched>();
  const ended = new Map<number, number>();

  function endWhere(hasEnded: (session: Session) => boolean): void {
    for (const [socket, { session }] of watched)
      if (hasEnded(session)) socket.close(closeCodes.signedOut, 'signed out');
  }

  return {
    get size() {
      return watched.size;
    },
    add: (socket, raw, session) => void watched.set(socket, { raw, session, bytesRead: 0, silentSweeps: 0 }),
    remove: (socket) => void watched.delete(socket),
    endSession(id) {
      ended.set(id, 0);
      endWhere((session) => session.id === id);
    },
    hasEnded: (id) => ended.has(id),
    changeMember(member) {
      for (const { session } of watched.values()) if (session.member.id === member.id) session.member = member;
    },
    sessions: () => new Set([...watched.values()].map(({ session }) => session.id)),
    sweep() {
      const now = Date.now();
      endWhere(({ expiresAt }) => expiresAt <= now);
      for (const [id, sweeps] of ended) {
        if (sweeps >= rememberEnded) ended.delete(id);
        else ended.set(id, sweeps + 1);
      }
      for (const [socket, entry] of watched) {
        const { bytesRead } = entry.raw;
        entry.silentSweeps = bytesRead === entry.bytesRead ? entry.silentSweeps + 1 : 0;
        entry.bytesRead = bytesRead;
        if (entry.silentSweeps > goneAfter) socket.terminate();
        else if (entry.silentSweeps > pingAfter) socket.ping();
      }
    },
    [Symbol.iterator]: () => watched.keys(),
  };
}
