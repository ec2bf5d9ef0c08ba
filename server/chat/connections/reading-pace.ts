import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { unsentBytesLimit } from '../events/subscriber.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** A burst may have this many times what is allowed a second. */
const burstSeconds = 5;

/**
 * Counts what a client sends. Who calls too often, or doesn't read the answers, isn't read from for a while: what they
 * send meanwhile stays in their own buffers.
 */
export class ReadingPace {
  readonly #socket: WebSocket;
  readonly #raw: Socket;
  readonly #bucket: TokenBucket;
  #tooFast = false;
  #unread = false;

  constructor(socket: WebSocket, raw: Socket, callsPerSecond: number) {
    this.#socket = socket;
    this.#raw = raw;
    this.#bucket = createTokenBucket({ perSecond: callsPerSecond, burst: callsPerSecond * burstSeconds });
  }

  count(calls: number): void {
    const waitMs = this.#bucket.take(calls, performance.now());
    if (waitMs > 0 && !this.#tooFast) {
      this.#tooFast = true;
      setTimeout(() => {
        this.#tooFast = false;
        this.#goOn();
      }, waitMs).unref();
    }
    if (!this.#unread && this.#raw.writableLength > unsentBytesLimit) {
      this.#unread = true;
      this.#raw.once('drain', () => {
        this.#unread = false;
        this.#goOn();
      });
    }
    if (this.#tooFast || this.#unread) this.#socket.pause();
  }

  #goOn(): void {
    const held = this.#tooFast || this.#unread;
    if (!held || this.#socket.readyState !== this.#socket.OPEN) this.#socket.resume(); // one that is closing waits for a goodbye
  }
}
