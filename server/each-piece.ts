import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { freeBuffer } from './free-buffer.ts';

/**
 * Takes what comes piece by piece, and reads on only once the last one is done with, whose memory is given back then.
 * Rejects with what broke the stream, or with what taking a piece threw, which ends the stream.
 */
export async function eachPiece(stream: Readable, take: (bytes: Buffer) => Promise<void>): Promise<void> {
  let taking = Promise.resolve();
  let failure: unknown;
  stream.on('data', (bytes: Buffer) => {
    stream.pause();
    taking = take(bytes).then(
      () => {
        freeBuffer(bytes);
        stream.resume();
      },
      (error: unknown) => {
        failure = error;
        stream.destroy();
      },
    );
  });
  const ending = await finished(stream, { writable: false }).catch((error: unknown) => error);
  await taking;
  if ((failure ?? ending) !== undefined) throw failure ?? ending;
}
