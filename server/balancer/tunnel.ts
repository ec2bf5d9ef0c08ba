import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Deadlines } from './deadlines.ts';
import { FrameCursor } from './frame-cursor.ts';
import type { CloseReason } from './replica.ts';
import { moveTo, type Stage } from './staged-socket.ts';

/** A server's close frame with the code 1012: it restarts, come back at once. */
const restarting = Buffer.from([0x88, 2, 1012 >> 8, 1012 & 0xff]);

/**
 * Two sockets joined. Memory stays bounded both ways: a side that doesn't take its bytes stops the reading on the
 * other. A FIN is passed on and starts a deadline, so that neither side can hold the tunnel half open.
 */
export class Tunnel implements Stage {
  /** For the sweep over idle tunnels. */
  lastMoved = 0;
  idleSweeps = 0;
  /** Who or what ends it, once that is known. */
  reason: CloseReason | undefined;

  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #ending: Deadlines<Tunnel>;
  readonly #closed: (tunnel: Tunnel) => void;
  readonly #frames = new FrameCursor();
  #sidesOpen = 2;
  #isEnding = false;
  #upstreamStopped = false;
  #upstreamEnded = false;
  #state: 'open' | 'goes-away' | 'silent' = 'open';

  /** `ending` destroys it where one side has said goodbye and the other doesn't. */
  constructor(client: Socket, upstream: Socket, ending: Deadlines<Tunnel>, closed: (tunnel: Tunnel) => void) {
    this.#client = client;
    this.#upstream = upstream;
    this.#ending = ending;
    this.#closed = closed;
    moveTo(client, this);
    moveTo(upstream, this);
    if (client.isPaused()) client.resume();
  }

  receive(bytes: Buffer, from: Socket): boolean {
    return from === this.#client ? this.#sendUp(bytes) : this.#sendDown(bytes);
  }

  drained(side: Socket): void {
    if (side === this.#client) this.#readUpstream();
    else this.#client.resume();
  }

  /** It said all that it will; what the other still has for it goes on. */
  ended(side: Socket): void {
    this.reason ??= side === this.#client ? 'client' : 'replica';
    this.#startDeadline();
    if (side === this.#client) this.#finishUpstream();
    else this.#finishClient();
  }

  closed(side: Socket): void {
    this.reason ??= side === this.#client ? 'client' : 'replica';
    this.#state = 'silent';
    this.#sidesOpen -= 1;
    if (this.#sidesOpen === 0) {
      this.#ending.end(this);
      this.#closed(this);
      return;
    }
    this.#startDeadline();
    if (side === this.#client) this.#finishUpstream();
    else this.#finishClient();
  }

  /** Tells the client to come back elsewhere, behind the frame that is under way; its answer still reaches the replica. */
  goAway(reason: CloseReason): void {
    if (this.#state !== 'open' || this.#client.destroyed) return;
    this.reason ??= reason;
    this.#startDeadline();
    this.#state = 'goes-away';
    if (this.#frames.betweenFrames) this.#sayGoodbye();
  }

  /** Where it was asked to leave and didn't, what is still under way to it is given up with it. */
  destroy(): void {
    if (this.#state === 'open' || this.#client.destroyed) this.#client.destroy();
    else this.#client.resetAndDestroy();
    this.#upstream.destroy();
  }

  get staying(): boolean {
    return this.#state === 'open';
  }

  get bytesFromClient(): number {
    return this.#client.bytesRead;
  }

  get bytesToClient(): number {
    return this.#upstream.bytesRead;
  }

  #sendUp(bytes: Buffer): boolean {
    return this.#upstreamEnded || this.#upstream.write(bytes);
  }

  /** These bytes are in a buffer that the next read overwrites. */
  #sendDown(bytes: Buffer): boolean {
    if (this.#state === 'silent') return true;
    if (this.#state === 'goes-away') {
      this.#client.write(Buffer.from(bytes.subarray(0, this.#frames.toFrameEnd(bytes))));
      if (this.#frames.betweenFrames) this.#sayGoodbye();
      return true;
    }
    this.#frames.pass(bytes);
    this.#upstreamStopped = !this.#client.write(Buffer.from(bytes));
    return !this.#upstreamStopped;
  }

  #sayGoodbye(): void {
    this.#state = 'silent';
    this.#client.write(restarting);
    // A replica that was stopped while its client was slow must be read to its end.
    this.#readUpstream();
  }

  #readUpstream(): void {
    if (!this.#upstreamStopped) return;
    this.#upstreamStopped = false;
    this.#upstream.resume();
  }

  #finishUpstream(): void {
    // One that is gone would make an error of it, which costs more than the rest of the tunnel's end.
    if (this.#upstream.destroyed) return;
    this.#upstream.end();
    this.#readUpstream();
  }

  #finishClient(): void {
    const client = this.#client;
    this.#upstreamEnded = true;
    if (client.destroyed) return;
    // Both have said all. Closing says so too, in one call to the kernel in place of two; TLS has a goodbye of its own.
    if (client.readableEnded && client.writableLength === 0 && !(client instanceof TLSSocket)) client.destroy();
    else client.end();
    if (client.isPaused()) client.resume();
  }

  #startDeadline(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#ending.start(this);
  }
}
