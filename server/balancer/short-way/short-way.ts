import type { Socket } from 'node:net';
import { faultInRequest } from '../request-faults.ts';
import { enter, exit, type Stage } from '../staged-socket.ts';
import type { Timings } from '../timings.ts';
import { keepsAlive, opensWebSocket, type PlainRequest, readPlainRequest } from './plain-request.ts';

export type ShortWay = {
  /** A connection that has just been opened. */
  arrive(socket: Socket): void;
  /** Closes those that wait for their next request, and takes no more of any. */
  closeIdle(): void;
  close(): void;
};

type Options = {
  /** All bytes of the answer; undefined where it takes more than that. */
  answer(request: PlainRequest): Buffer | undefined;
  /** `first` came right behind the head. */
  shakeHands(socket: Socket, request: PlainRequest, first: Buffer): void;
  /** Node's HTTP server: it gets whatever is anything but plain, from the first byte that wasn't answered. */
  parse(socket: Socket): void;
  timings: Timings;
};

type Standing = { answered: boolean; quietSweeps: number };

/**
 * Handshakes and files of the page without Node's HTTP objects, which would cost more than everything else together.
 * A connection is here for as long as its requests are plain; the first one that isn't takes it to Node's server.
 */
export function createShortWay({ answer, shakeHands, parse, timings }: Options): ShortWay {
  const standings = new Map<Socket, Standing>();
  const sweepMs = timings.headMs / 5;
  const sweeper = setInterval(sweep, sweepMs).unref();
  let closing = false;

  const stage: Stage = {
    receive: read,
    drained: goOn,
    ended: (socket) => void socket.end(),
    closed: (socket) => void standings.delete(socket),
  };

  function arrive(socket: Socket): void {
    standings.set(socket, { answered: false, quietSweeps: 0 });
    enter(socket, stage);
  }

  function read(bytes: Buffer, socket: Socket): boolean {
    let unread = bytes;
    while (unread.length > 0) {
      const request = closing ? undefined : readPlainRequest(unread);
      if (request === undefined || faultInRequest(request) !== undefined) {
        handOver(socket, unread);
        return true;
      }
      if (opensWebSocket(request)) {
        standings.delete(socket);
        shakeHands(socket, request, unread.subarray(request.byteLength));
        return true;
      }
      const whole = keepsAlive(request) ? answer(request) : undefined;
      if (whole === undefined) {
        handOver(socket, unread);
        return true;
      }
      unread = unread.subarray(request.byteLength);
      if (!send(socket, whole)) {
        waitForClient(socket, unread);
        return true;
      }
    }
    return true;
  }

  /** False where the client has to take some of it before there may be more. */
  function send(socket: Socket, whole: Buffer): boolean {
    const standing = standings.get(socket);
    if (standing !== undefined) Object.assign(standing, { answered: true, quietSweeps: 0 });
    // Where all of it is with the kernel already, that it was more than a stream likes to hold means nothing.
    return socket.write(whole) || socket.writableLength === 0;
  }

  function waitForClient(socket: Socket, unread: Buffer): void {
    socket.pause();
    if (unread.length > 0) socket.unshift(unread);
    socket.setTimeout(2 * timings.bodyStallMs, destroy);
  }

  function handOver(socket: Socket, unread?: Buffer): void {
    standings.delete(socket);
    exit(socket);
    // Paused, what is put back stays until the server listens.
    socket.pause();
    if (unread !== undefined) socket.unshift(unread);
    parse(socket);
    socket.resume();
  }

  /** Who never sent anything has the server's time to do so. */
  function sweep(): void {
    for (const [socket, standing] of standings) {
      if (socket.destroyed) standings.delete(socket);
      else if (!standing.answered) handOver(socket);
      else if (socket.writableLength === 0) {
        standing.quietSweeps += 1;
        if (standing.quietSweeps * sweepMs > timings.keepAliveMs) socket.destroy();
      }
    }
  }

  return {
    arrive,
    closeIdle() {
      closing = true;
      for (const [socket, { answered }] of standings) {
        if (!answered) handOver(socket);
        else if (socket.writableLength === 0) socket.destroy();
      }
    },
    close: () => clearInterval(sweeper),
  };
}

function destroy(this: Socket): void {
  this.destroy();
}

/** Who waits for a client waits in `waitForClient`. */
function goOn(socket: Socket): void {
  if (socket.isPaused()) socket.setTimeout(0, destroy).resume();
}
