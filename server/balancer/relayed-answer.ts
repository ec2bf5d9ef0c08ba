import type { Socket } from 'node:net';
import { createAnswerBody } from './answer-body.ts';
import { type AnswerHead, refusingHead } from './answer-head.ts';
import { endWithin } from './ending.ts';
import type { Timings } from './timings.ts';
import type { UpstreamSocket } from './upstream-socket.ts';

type Answer = { upstream: UpstreamSocket; head: AnswerHead; rest: Buffer };

/** Passes a replica's refusal of a handshake on, byte for byte up to its end, and closes both sides. */
export function relayAnswer(client: Socket, { upstream, head, rest }: Answer, timings: Timings): void {
  const { socket } = upstream;
  const body = createAnswerBody(head);
  let over = false;
  const deadline = setTimeout(finish, timings.handshakeTimeoutMs);
  client.write(refusingHead(head), 'latin1');

  upstream.receiver = { receive: pass };
  client.on('drain', () => socket.resume());
  client.resume();
  client.on('end', finish);
  client.on('close', finish);
  socket.on('end', finish);
  socket.on('close', finish);
  if (!pass(rest)) socket.pause();

  function pass(bytes: Buffer): boolean {
    if (over) return true;
    const more = client.write(bytes.subarray(0, body.take(bytes)));
    if (body.complete) finish();
    return more;
  }

  function finish(): void {
    if (over) return;
    over = true;
    clearTimeout(deadline);
    socket.destroy();
    endWithin(client, timings.finTimeoutMs);
  }
}
