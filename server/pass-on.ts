import type { Readable, Writable } from 'node:stream';
import { freeBuffer } from './free-buffer.ts';

/**
 * What comes, as fast as it is taken, and then the end, until it is stopped. Each piece is let go as soon as it is with
 * the kernel: `from` has no other reader.
 */
export function passOn(from: Readable, to: Writable): { stop(): void } {
  function pass(bytes: Buffer): void {
    const taken = to.write(bytes, (error) => {
      if (!error) freeBuffer(bytes);
    });
    if (!taken) from.pause();
  }
  const end = () => void to.end();
  const goOn = () => void from.resume();
  function stop(): void {
    from.off('data', pass).off('end', end).pause();
    to.off('drain', goOn).off('close', stop);
  }
  from.on('data', pass).on('end', end).resume();
  to.on('drain', goOn).on('close', stop);
  return { stop };
}
