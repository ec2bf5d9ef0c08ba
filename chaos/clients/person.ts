import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random } from '../random.ts';
import type { ConnectionSpan, TypingSaid } from '../records/ephemeral-record.ts';
import type { StreamNames } from '../records/stream-names.ts';
import { createReader, type Reader } from './reader.ts';
import { refusalOf } from './stock-client.ts';
import { createWriter, type Writer } from './writer.ts';

/** A member or guest with a connection that writes and one or more pages that read. */
export type Person = {
  readonly member: number;
  readonly writer: Writer;
  readonly readers: readonly Reader[];
  readonly channels: ReadonlySet<number>;
  /** Leaves a channel, stays away for a while, comes back. */
  wander(channel: number, awayMs: number): Promise<void>;
  type(): Promise<void>;
  close(): void;
};

export type Account = { member: number; name: string; cookie: string; channels: number[] };

export function createPerson(options: {
  port: number;
  account: Account;
  pages: number;
  inFlight: number;
  names: StreamNames;
  seed: number;
  connections: ConnectionSpan[];
  said: TypingSaid[];
  /** How far the log has come, as anybody of the crowd knows. */
  known: { seq: number };
}): Person {
  const { port, account, connections, said, known } = options;
  const { member, cookie } = account;
  const random: Random = createRandom(options.seed);
  const channels = new Set(account.channels);
  const joinedAfter = new Map<number, number>();
  const onOpen = () => {
    const span = { member, openedAt: performance.now(), closedAt: Number.POSITIVE_INFINITY };
    connections.push(span);
    return () => {
      span.closedAt = performance.now();
    };
  };
  const door = { port, cookie, onOpen };
  const readers = Array.from({ length: options.pages }, (_, index) =>
    createReader({ name: `${account.name} ${index + 1}`, member, names: options.names, door }),
  );
  const anyClient = () => random.pick(readers).client;
  const writer = createWriter({
    ...{ member, door, inFlight: options.inFlight, random },
    channels: () => [...channels],
    joinedAfter: (channel) => joinedAfter.get(channel) ?? 0,
    onSeq: (seq) => {
      known.seq = Math.max(known.seq, seq);
    },
    otherClient: anyClient,
  });
  let closed = false;

  /** Joining and leaving set a state: they are simply repeated until there is an answer. */
  async function insist(change: 'join' | 'leave', channel: number): Promise<void> {
    while (!closed) {
      try {
        await anyClient().trpc.channels[change].mutate({ channel });
        return;
      } catch (error) {
        refusalOf(error);
        await delay(100);
      }
    }
  }

  return {
    ...{ member, writer, readers, channels },
    async wander(channel, awayMs) {
      channels.delete(channel);
      await insist('leave', channel);
      await delay(awayMs);
      const after = known.seq;
      await insist('join', channel);
      joinedAfter.set(channel, after);
      channels.add(channel);
    },
    async type() {
      if (channels.size === 0) return;
      const channel = random.pick([...channels]);
      const one = { member, channel, saidAt: performance.now(), settledAt: Number.POSITIVE_INFINITY };
      said.push(one);
      await anyClient()
        .trpc.channels.typing.mutate({ channel })
        .catch(() => undefined);
      one.settledAt = performance.now();
    },
    close() {
      closed = true;
      writer.close();
      for (const reader of readers) reader.close();
    },
  };
}
