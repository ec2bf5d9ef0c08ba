import type { Socket } from 'node:net';
import { unsentBytesLimit } from '../events/subscriber.ts';
import { createGate } from '../gate.ts';
import { Refusal } from '../refusal.ts';

const answersAtOnce = 2;
const questionsWaiting = 1_000;

/**
 * Answers to questions may be a thousand times as long as these: one connection's are worked out a few at a time, and
 * only while it reads them.
 */
export function createAnswerTurns(raw: Socket): <T>(work: () => Promise<T>) => Promise<T> {
  const gate = createGate({ atOnce: answersAtOnce, waiting: questionsWaiting });

  return (work) =>
    gate(async () => {
      while (raw.writable && raw.writableLength > unsentBytesLimit) await drained(raw);
      if (!raw.writable) throw new Refusal('overloaded'); // nobody is there to read it
      return work();
    });
}

function drained(raw: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done).off('close', done);
      resolve();
    };
    raw.once('drain', done).once('close', done);
  });
}
