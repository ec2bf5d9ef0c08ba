import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { unsentBytesLimit } from '../events/subscriber.ts';
import { createTokenBucket } from './token-bucket.ts';

/** A burst may have this many times what is allowed a second. */
const burstSeconds = 5;

/**
 * Counts what a client sends. Who calls too often, or doesn't read the answers, isn't read from for a while: what they
 * send meanwhile stays in their own buffers.
 */
export function paceReading(socket: WebSocket, raw: Socket, callsPerSecond: number): (calls: number) => void {
  const bucket = createTokenBucket({ perSecond: callsPerSecond, burst: callsPerSecond * burstSeconds });
  let tooFast = false;

  raw.on('drain', goOn);

  function goOn(): void {
    const held = tooFast || raw.writableLength > unsentBytesLimit;
    if (!held || socket.readyState !== socket.OPEN) socket.resume(); // one that is closing waits for a goodbye
  }

  return (calls) => {
    const waitMs = bucket.take(calls, Date.now());
    if (waitMs > 0 && !tooFast) {
      tooFast = true;
      setTimeout(() => {
        tooFast = false;
        goOn();
      }, waitMs).unref();
    }
    if (tooFast || raw.writableLength > unsentBytesLimit) socket.pause();
  };
}
