import type { Socket } from 'node:net';
import { faultInRequest } from '../request-faults.ts';
import { enter, exit, type Stage } from '../staged-socket.ts';
import type { Timings } from '../timings.ts';
import { tlsPieceBytes } from '../tls/tls-piece.ts';
import { type PlainHeaders, type PlainRequest, readPlainRequest } from './plain-request.ts';
import type { PreparedAnswer } from './prepared-answer.ts';

/** What all visits share. */
export type Way = {
  /** The whole answer; undefined where it takes more than that. */
  answer(request: PlainRequest): PreparedAnswer | undefined;
  /** `first` came right behind the head. */
  shakeHands(socket: Socket, request: PlainRequest, first: Buffer): void;
  /** Node's HTTP server: it gets whatever is anything but plain, from the first byte that wasn't answered. */
  parse(socket: Socket): void;
  /** Whether the sockets encrypt, and so copy, whatever they are given. */
  readonly tls: boolean;
  readonly timings: Timings;
  readonly visits: Set<Visit>;
  /** Takes no more requests. */
  closing: boolean;
};

/** One connection, for as long as its requests are plain. */
export class Visit implements Stage {
  /** Whether it got an answer already. */
  answered = false;

  readonly #socket: Socket;
  readonly #way: Way;
  #headers: PlainHeaders | undefined;
  /** What of an answer isn't with the socket yet. */
  #unsent: Buffer | undefined;
  #quietSweeps = 0;
  #bytesTaken = 0;

  constructor(socket: Socket, way: Way) {
    this.#socket = socket;
    this.#way = way;
  }

  begin(): void {
    this.#way.visits.add(this);
    enter(this.#socket, this);
  }

  receive(bytes: Buffer): boolean {
    const { closing, answer, shakeHands } = this.#way;
    let unread = bytes;
    while (unread.length > 0) {
      const request = closing ? undefined : readPlainRequest(unread, this.#headers);
      if (
        request === undefined ||
        faultInRequest({ url: request.url, rawHeaders: request.headers.raw }) !== undefined
      ) {
        this.handOver(unread);
        return true;
      }
      const { headers, byteLength } = request;
      if (headers.asksFor === 'web-socket') {
        this.#way.visits.delete(this);
        shakeHands(this.#socket, request, unread.subarray(byteLength));
        return true;
      }
      const whole = headers.asksFor === 'whole-file' ? answer(request) : undefined;
      if (whole === undefined) {
        this.handOver(unread);
        return true;
      }
      this.#headers = headers;
      unread = unread.subarray(byteLength);
      if (!this.#send(whole)) {
        this.#waitForClient(unread);
        return true;
      }
    }
    // A stream would do this by itself in the next tick, and setting that up costs more than the reading.
    this.#socket.read(0);
    return true;
  }

  /** Who waits for the client waits in `#waitForClient`. */
  drained(): void {
    const socket = this.#socket;
    if (this.#unsent !== undefined && !this.#sendInPieces(this.#unsent)) return;
    if (socket.readableEnded) socket.end();
    else if (socket.isPaused()) socket.setTimeout(0, destroy).resume();
  }

  ended(): void {
    if (this.#unsent === undefined) this.#socket.end();
  }

  closed(): void {
    this.#way.visits.delete(this);
  }

  get gone(): boolean {
    return this.#socket.destroyed;
  }

  get takesItsAnswer(): boolean {
    return this.#socket.writableLength > 0;
  }

  /** The socket's own timeout, which also sees when a part of one write gets through, watches over it. */
  get waitsForClient(): boolean {
    return this.#socket.isPaused();
  }

  /** How many sweeps in a row have found that the client took nothing since the one before. */
  countQuietSweep(): number {
    const { bytesWritten, writableLength } = this.#socket;
    const bytesTaken = bytesWritten - writableLength;
    this.#quietSweeps = bytesTaken === this.#bytesTaken ? this.#quietSweeps + 1 : 0;
    this.#bytesTaken = bytesTaken;
    return this.#quietSweeps;
  }

  leave(): void {
    this.#socket.destroy();
  }

  /** To Node's server, which gets what is `unread` too. */
  handOver(unread?: Buffer): void {
    const socket = this.#socket;
    this.#way.visits.delete(this);
    exit(socket);
    // Paused, what is put back stays until the server listens.
    socket.pause();
    if (unread !== undefined) socket.unshift(unread);
    this.#way.parse(socket);
    socket.resume();
  }

  /** False where the client has to take some of it before there may be more. */
  #send({ start, rest }: PreparedAnswer): boolean {
    const socket = this.#socket;
    this.answered = true;
    let mayGoOn: boolean;
    if (rest === undefined) mayGoOn = socket.write(start);
    else {
      socket.cork();
      socket.write(start);
      mayGoOn = this.#way.tls ? this.#sendInPieces(rest) : socket.write(rest);
      socket.uncork();
    }
    if (this.#unsent !== undefined) return false;
    // Where all of it is with the kernel already, that it was more than a stream likes to hold means nothing.
    return mayGoOn || socket.writableLength === 0;
  }

  /** False where the client has to take some of it first. */
  #sendInPieces(body: Buffer): boolean {
    let mayGoOn = true;
    let at = 0;
    for (; mayGoOn && at < body.length; at += tlsPieceBytes)
      mayGoOn = this.#socket.write(body.subarray(at, at + tlsPieceBytes));
    this.#unsent = at < body.length ? body.subarray(at) : undefined;
    // Else Node ends it with its client, as it does where there is TLS, and the rest would never be sent.
    if (this.#unsent !== undefined) this.#socket.allowHalfOpen = true;
    return mayGoOn;
  }

  #waitForClient(unread: Buffer): void {
    const socket = this.#socket;
    socket.pause();
    if (unread.length > 0) socket.unshift(unread);
    socket.setTimeout(2 * this.#way.timings.bodyStallMs, destroy);
  }
}

function destroy(this: Socket): void {
  this.destroy();
}
