import { join } from 'node:path';
import type { LabFigures, LabGuests } from '../../server/lab/lab-order.ts';
import { createReader } from '../clients/reader.ts';
import { createWriter } from '../clients/writer.ts';
import { createRandom } from '../random.ts';
import { createStreamNames } from '../records/stream-names.ts';
import { countMessages } from './count-messages.ts';
import { createPace } from './pace.ts';
import { watchStoredMessages } from './stored-messages.ts';

export type LabCrowd = {
  pace(load: { perSecond: number; twice: boolean }): void;
  figures(): LabFigures;
  close(): void;
};

/** Of each virtual member, so that a slow replica doesn't hold up what the others could send. */
const inFlight = 8;

/** The virtual members: each writes on one connection and reads on another, through the balancer. */
export function gatherLabCrowd(options: LabGuests & { port: number; dataDirectory: string }): LabCrowd {
  const { port, channel, dataDirectory } = options;
  const names = createStreamNames();
  const pace = createPace();
  let twice = false;
  const people = options.members.map(({ id: member, name, cookie }, index) => {
    const door = { port, cookie };
    const reader = createReader({ name, member, names, door });
    const writer = createWriter({
      ...{ member, door, inFlight, random: createRandom(index + 1) },
      channels: () => [channel],
      otherClient: () => reader.client,
      turn: pace.turn,
      again: () => (twice ? 1 : 0.01),
    });
    return { reader, writer };
  });
  const stored = watchStoredMessages(join(dataDirectory, 'ronda.sqlite'), channel);
  const sum = (of: (person: (typeof people)[number]) => number) =>
    people.reduce((total, person) => total + of(person), 0);

  return {
    pace(load) {
      twice = load.twice;
      pace.set(load.perSecond);
    },
    figures() {
      const acknowledgements = people.map(({ writer: { acknowledgements: of } }) => ({ of, count: of.seqs.length }));
      stored.refresh();
      const readers = people.map(({ reader }) => reader.record);
      return {
        ...countMessages({ stored, acknowledgements, readers }),
        sent: sum(({ writer }) => writer.begun),
        acknowledged: sum(({ writer }) => writer.acknowledged),
        repeated: sum(({ writer }) => writer.repeats + writer.retries),
        worstAwayMs: Math.round(Math.max(0, ...people.map(({ reader }) => reader.longestAwayMs()))),
      };
    },
    close() {
      for (const { reader, writer } of people) {
        writer.close();
        reader.close();
      }
      stored.close();
    },
  };
}
