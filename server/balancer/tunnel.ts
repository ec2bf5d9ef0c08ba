import type { Socket } from 'node:net';
import { FrameCursor } from './frame-cursor.ts';
import type { CloseReason } from './replica.ts';
import type { UpstreamSocket } from './upstream-socket.ts';

const tunnelOf = Symbol('tunnel');
type End = Socket & { [tunnelOf]?: Tunnel };

/** A server's close frame with the code 1012: it restarts, come back at once. */
const restarting = Buffer.from([0x88, 2, 1012 >> 8, 1012 & 0xff]);

/**
 * Two sockets joined. Memory stays bounded both ways: a side that doesn't take its bytes stops the reading on the
 * other. A FIN is passed on and starts a deadline, so that neither side can hold the tunnel half open.
 *
 * A class, with listeners that all tunnels share: a dozen closures would be a fifth of an idle tunnel's memory.
 */
export class Tunnel {
  /** For the sweep over idle tunnels. */
  lastMoved = 0;
  idleSweeps = 0;
  /** Who or what ends it, once that is known. */
  reason: CloseReason | undefined;

  readonly #client: End;
  readonly #upstream: UpstreamSocket;
  readonly #finTimeoutMs: number;
  readonly #closed: (tunnel: Tunnel) => void;
  readonly #frames = new FrameCursor();
  #ending: NodeJS.Timeout | undefined;
  #sidesOpen = 2;
  #state: 'open' | 'goes-away' | 'silent' = 'open';

  constructor(client: Socket, upstream: UpstreamSocket, finTimeoutMs: number, closed: (tunnel: Tunnel) => void) {
    this.#client = client;
    this.#upstream = upstream;
    this.#finTimeoutMs = finTimeoutMs;
    this.#closed = closed;
    const socket: End = upstream.socket;
    this.#client[tunnelOf] = this;
    socket[tunnelOf] = this;
    upstream.receiver = this;
    client.on('data', onClientData).on('drain', onClientDrain).on('end', onClientEnd).on('close', onClose);
    socket.on('drain', onUpstreamDrain).on('end', onUpstreamEnd).on('close', onClose);
    client.resume();
  }

  /** From the replica. False stops the reading there. */
  receive(bytes: Buffer): boolean {
    if (this.#state === 'silent') return true;
    if (this.#state === 'goes-away') {
      this.#client.write(bytes.subarray(0, this.#frames.toFrameEnd(bytes)));
      if (this.#frames.betweenFrames) this.#sayGoodbye();
      return true;
    }
    this.#frames.pass(bytes);
    return this.#client.write(bytes);
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
    this.#upstream.socket.destroy();
  }

  get staying(): boolean {
    return this.#state === 'open';
  }

  get bytesFromClient(): number {
    return this.#client.bytesRead;
  }

  get bytesToClient(): number {
    return this.#upstream.socket.bytesRead;
  }

  sendUp(bytes: Buffer): void {
    if (!this.#upstream.socket.write(bytes)) this.#client.pause();
  }

  clientDrained(): void {
    this.#upstream.socket.resume();
  }

  upstreamDrained(): void {
    this.#client.resume();
  }

  /** It said all that it will; what the replica still has for it goes on. */
  clientEnded(): void {
    this.reason ??= 'client';
    this.#startDeadline();
    finish(this.#upstream.socket);
  }

  upstreamEnded(): void {
    this.reason ??= 'replica';
    this.#startDeadline();
    this.#client.off('data', onClientData);
    finish(this.#client);
  }

  sideClosed(side: Socket): void {
    this.reason ??= side === this.#client ? 'client' : 'replica';
    this.#state = 'silent';
    this.clientEnded();
    this.upstreamEnded();
    this.#sidesOpen -= 1;
    if (this.#sidesOpen > 0) return;
    clearTimeout(this.#ending);
    this.#closed(this);
  }

  #sayGoodbye(): void {
    this.#state = 'silent';
    this.#client.write(restarting);
    // A replica that was stopped while its client was slow must be read to its end.
    this.#upstream.socket.resume();
  }

  #startDeadline(): void {
    this.#ending ??= setTimeout(destroyTunnel, this.#finTimeoutMs, this);
  }
}

function destroyTunnel(tunnel: Tunnel): void {
  tunnel.destroy();
}

/** A socket that is gone would make an error of it, which costs more than the rest of the tunnel's end. */
function finish(socket: Socket): void {
  if (socket.destroyed) return;
  socket.end();
  socket.resume();
}

function onClientData(this: End, bytes: Buffer): void {
  this[tunnelOf]?.sendUp(bytes);
}

function onClientDrain(this: End): void {
  this[tunnelOf]?.clientDrained();
}

function onClientEnd(this: End): void {
  this[tunnelOf]?.clientEnded();
}

function onUpstreamDrain(this: End): void {
  this[tunnelOf]?.upstreamDrained();
}

function onUpstreamEnd(this: End): void {
  this[tunnelOf]?.upstreamEnded();
}

function onClose(this: End): void {
  this[tunnelOf]?.sideClosed(this);
}
