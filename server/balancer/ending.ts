import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { moveTo, nobody } from './staged-socket.ts';

/**
 * An `error` without a listener is an uncaught exception; `close` follows each one and is where it is dealt with.
 * One function for all sockets, since a closure would keep its whole handshake in memory as long as the tunnel.
 */
export function expectErrors(socket: Duplex): void {
  socket.on('error', ignore);
}

function ignore(): void {}

/**
 * Says goodbye and waits for the other side's FIN, at most so long. What still comes in is thrown away: closing over
 * unread bytes would send a reset, which can overtake the last bytes that the other side should still get.
 */
export function endWithin(socket: Socket, limitMs: number): void {
  moveTo(socket, nobody);
  socket.end();
  socket.resume();
  const deadline = setTimeout(() => socket.destroy(), limitMs);
  socket.once('close', () => clearTimeout(deadline));
}
