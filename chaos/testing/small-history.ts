import type { Frame, LogEvent } from '../../shared/protocol.ts';
import type { History } from '../history.ts';
import { createAcknowledgements } from '../records/acknowledgements.ts';
import { createObserverRecord } from '../records/ephemeral-record.ts';
import { createLogRecord, type LoggedEvent } from '../records/log-record.ts';
import { createReaderRecord, type ReaderRecord } from '../records/reader-record.ts';
import { createStreamNames } from '../records/stream-names.ts';

const logId = 'aaaaaaaaaaaa';

/**
 * A history that keeps every promise, to be spoilt by a test. Members 1 and 2 are in channel 1; member 2 leaves it at
 * #8 and comes back at #11. Reader 1 is always there, reader 2 as well, the observer sees both of them.
 */
export function createSmallHistory() {
  const names = createStreamNames();
  const events: LoggedEvent[] = [
    { seq: 1, stream: 'member:1', previous: 0, membership: { channel: 1, joined: true } },
    { seq: 2, stream: 'channel:1', previous: 0 },
    { seq: 3, stream: 'member:2', previous: 0, membership: { channel: 1, joined: true } },
    { seq: 4, stream: 'channel:1', previous: 2 },
    posted(5, 4, 'a'),
    posted(6, 5, 'b'),
    { seq: 7, stream: 'channel:1', previous: 6 },
    { seq: 8, stream: 'member:2', previous: 3, membership: { channel: 1, joined: false } },
    posted(9, 7, 'c'),
    posted(10, 9, 'd'),
    { seq: 11, stream: 'member:2', previous: 8, membership: { channel: 1, joined: true } },
    { seq: 12, stream: 'channel:1', previous: 10 },
    posted(13, 12, 'e'),
    posted(14, 13, 'f'),
  ];
  const acknowledgements = createAcknowledgements(1);
  for (const { seq, posted: message } of events) if (message) acknowledgements.add(message.clientId, seq);

  const readers = [1, 2].map((member) => {
    const record = createReaderRecord({ name: `reader ${member}`, member, names });
    record.begin();
    const heads = { 'channel:1': 4, [`member:${member}`]: member === 1 ? 1 : 3, workspace: 0 };
    record.take(`${logId}.4`, { kind: 'hello', log: logId, head: 4, heads } as unknown as Frame);
    record.caughtUp = true;
    return record;
  }) as [ReaderRecord, ReaderRecord];

  /** Gives a reader these events, as one connection would. */
  const deliver = (reader: ReaderRecord, seqs: number[]) => {
    for (const seq of seqs) {
      const event = events.find((one) => one.seq === seq);
      reader.take(`${logId}.${seq}`, event as unknown as LogEvent);
    }
  };

  const observer = createObserverRecord('observer');
  observer.take(0, { kind: 'present', online: [1, 2] });
  const connections = [1, 2].map((member) => ({ member, openedAt: 0, closedAt: Number.POSITIVE_INFINITY }));
  const ephemeral = {
    ...{ observers: [observer], said: [], connections, endedAt: 60_000 },
    ...{ typingGraceMs: 15_000, presenceGraceMs: 12_000 },
  };

  return {
    events,
    deliver,
    readers,
    observer,
    /** What each reader was to get. */
    everything: { first: [5, 6, 7, 9, 10, 12, 13, 14], second: [5, 6, 7, 8, 11, 12, 13, 14] },
    history(): History {
      const log = createLogRecord(names);
      for (const event of events) log.add(event);
      return { log, acknowledgements: [acknowledgements], readers: [...readers], turnedAway: [], ephemeral };
    },
  };
}

export function posted(seq: number, previous: number, clientId: string): LoggedEvent {
  return { seq, stream: 'channel:1', previous, posted: { author: 1, clientId } };
}
