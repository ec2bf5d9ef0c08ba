import type { Socket } from 'node:net';
import { createAnswerBody } from './answer-body.ts';
import { type AnswerHead, refusingHead } from './answer-head.ts';
import { endWithin } from './ending.ts';
import { moveTo, nobody } from './staged-socket.ts';
import type { Timings } from './timings.ts';

type Answer = { upstream: Socket; head: AnswerHead; rest: Buffer };

/** Passes a replica's refusal of a handshake on, byte for byte up to its end, and closes both sides. */
export function relayAnswer(client: Socket, { upstream, head, rest }: Answer, timings: Timings): void {
  const body = createAnswerBody(head);
  let over = false;
  const deadline = setTimeout(finish, timings.handshakeTimeoutMs);
  client.write(refusingHead(head), 'latin1');
  const stage = {
    receive: (bytes: Buffer, socket: Socket) => socket === client || pass(bytes),
    drained: (socket: Socket) => void (socket === client && upstream.resume()),
    ended: finish,
    closed: finish,
  };
  moveTo(client, stage);
  moveTo(upstream, stage);
  if (!pass(rest)) upstream.pause();

  function pass(bytes: Buffer): boolean {
    const taken = body.take(bytes);
    const more = client.write(Buffer.from(bytes.subarray(0, taken)));
    if (body.complete) finish();
    return more;
  }

  function finish(): void {
    if (over) return;
    over = true;
    clearTimeout(deadline);
    moveTo(upstream, nobody);
    upstream.destroy();
    endWithin(client, timings.finTimeoutMs);
  }
}
