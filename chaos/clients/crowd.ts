import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../random.ts';
import type { ConnectionSpan, TypingSaid } from '../records/ephemeral-record.ts';
import type { StreamNames } from '../records/stream-names.ts';
import type { Workspace } from './found-workspace.ts';
import { createPerson, type Person } from './person.ts';
import type { Reader } from './reader.ts';

/** Everyone, at once: they write, read, type, leave channels and come back. */
export type Crowd = {
  readonly people: readonly Person[];
  readonly readers: readonly Reader[];
  readonly connections: ConnectionSpan[];
  readonly said: TypingSaid[];
  acknowledged(): number;
  /** Nobody starts anything new; resolves once everyone has all their answers and is back in their channels. */
  finish(): Promise<void>;
  close(): void;
};

const wanderEveryMs = [300, 1_500] as const;
const wanderAwayMs = [100, 3_000] as const;
const typeEveryMs = [50, 300] as const;

export function gatherCrowd(options: {
  port: number;
  workspace: Workspace;
  names: StreamNames;
  seed: number;
  inFlight: number;
}): Crowd {
  const { port, names, seed, inFlight } = options;
  const { accounts, openChannels } = options.workspace;
  const random = createRandom(seed);
  const connections: ConnectionSpan[] = [];
  const said: TypingSaid[] = [];
  const known = { seq: 0 };
  const people = accounts.map((account, index) =>
    createPerson({
      ...{ port, account, names, inFlight, connections, said, known },
      pages: index % 2 === 0 ? 2 : 1,
      seed: seed + index + 1,
    }),
  );
  const readers = people.flatMap((person) => person.readers);
  let finishing = false;

  async function wander(): Promise<void> {
    while (!finishing) {
      await delay(random.integer(...wanderEveryMs));
      const person = random.pick(people);
      const joined = openChannels.filter((channel) => person.channels.has(channel));
      if (joined.length > 0 && !finishing) await person.wander(random.pick(joined), random.integer(...wanderAwayMs));
    }
  }

  async function type(): Promise<void> {
    while (!finishing) {
      await delay(random.integer(...typeEveryMs));
      void random.pick(people).type();
    }
  }

  const wandering = [wander(), wander()];
  void type();
  return {
    ...{ people, readers, connections, said },
    acknowledged: () => people.reduce((sum, { writer }) => sum + writer.acknowledged, 0),
    async finish() {
      finishing = true;
      await Promise.all([...wandering, ...people.map(({ writer }) => writer.finish())]);
    },
    close() {
      finishing = true;
      for (const person of people) person.close();
    },
  };
}
