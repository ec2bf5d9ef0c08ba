import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { TRPCClientError } from '@trpc/client';
import { reconnectDelayMs } from '../../client/src/wire/socket.ts';
import type { ChatRouter } from '../../server/chat/router.ts';
import { createChatClientOver } from '../../server/chat/testing/chat-client.ts';
import { mintClientId } from '../../shared/client-id.ts';

export type Crowd = {
  /** Milliseconds without a stream, one for each time that somebody moved. */
  away: number[];
  /** Resolves when everything sent was acknowledged and has had time to arrive everywhere. */
  finish(): Promise<{ sent: number; failed: number; again: number; lost: number; doubled: number; reordered: number }>;
};

/** Stock clients with the page's own retry delays, of whom one after another says something. */
export async function gatherCrowd(
  port: number,
  { cookies, channel, messagesPerSecond }: { cookies: string[]; channel: number; messagesPerSecond: number },
): Promise<Crowd> {
  const away: number[] = [];
  const people = cookies.map((cookie) => {
    const client = createChatClientOver(() => connect(port, '127.0.0.1'), cookie, reconnectDelayMs);
    return { client, seqs: [] as number[], lastFrameAt: 0 };
  });
  const acknowledged: number[] = [];
  const sends: Promise<void>[] = [];
  let failed = 0;
  let again = 0;

  await Promise.all(
    people.map(
      (person) =>
        new Promise<void>((resolve) => {
          person.client.trpc.events.subscribe(undefined, {
            onData({ data }) {
              const now = performance.now();
              if (data.kind === 'hello' && person.lastFrameAt > 0) away.push(now - person.lastFrameAt);
              if (data.kind === 'message-posted') person.seqs.push(data.seq);
              person.lastFrameAt = now;
              resolve();
            },
          });
        }),
    ),
  );

  /** As the page's outbox does: the same message again until there is an answer. */
  async function send(person: (typeof people)[number]): Promise<void> {
    const message = { channel, clientId: mintClientId(), text: 'Still here?' };
    for (let attempt = 0; ; attempt += 1) {
      try {
        acknowledged.push((await person.client.trpc.messages.send.mutate(message)).seq);
        return;
      } catch (error) {
        const refused = error instanceof TRPCClientError && (error as TRPCClientError<ChatRouter>).data !== undefined;
        if (refused) {
          failed += 1;
          return;
        }
        again += 1;
        await delay(reconnectDelayMs(attempt));
      }
    }
  }

  let turn = 0;
  const talk = setInterval(() => {
    const person = people[turn % people.length];
    turn += 1;
    if (person !== undefined) sends.push(send(person));
  }, 1_000 / messagesPerSecond);

  return {
    away,
    async finish() {
      clearInterval(talk);
      await Promise.all(sends);
      const order = acknowledged.toSorted((a, b) => a - b);
      const last = order.at(-1) ?? 0;
      const deadline = Date.now() + 10_000;
      while (people.some(({ seqs }) => (seqs.at(-1) ?? 0) < last) && Date.now() < deadline) await delay(20);
      const figures = { sent: sends.length, failed, again, lost: 0, doubled: 0, reordered: 0 };
      for (const { seqs } of people) {
        const distinct = new Set(seqs);
        figures.lost += order.filter((seq) => !distinct.has(seq)).length;
        figures.doubled += seqs.length - distinct.size;
        figures.reordered += seqs.filter((seq, index) => index > 0 && seq < (seqs[index - 1] ?? 0)).length;
      }
      await Promise.all(people.map(({ client }) => client.close()));
      return figures;
    },
  };
}
