import { createNumberColumn, type NumberColumn } from './number-column.ts';
import type { StreamNames } from './stream-names.ts';

/** One event as the log has it. */
export type LoggedEvent = {
  seq: number;
  stream: string;
  previous: number;
  /** Of a message. */
  posted?: { author: number; clientId: string };
  /** Of a member's own stream: from here on, or no longer, a channel's events are theirs. */
  membership?: { channel: number; joined: boolean };
};

export type MembershipChange = { seq: number; member: number; stream: string; joined: boolean };

/** The log after a run, in columns; events were added in the order of their seq. */
export type LogRecord = {
  readonly names: StreamNames;
  readonly seqs: NumberColumn;
  /** Numbers of `names`. */
  readonly streams: NumberColumn;
  readonly previous: NumberColumn;
  readonly authors: NumberColumn;
  /** Empty for what isn't a message. */
  readonly clientIds: string[];
  readonly memberships: MembershipChange[];
  readonly head: number;
  add(event: LoggedEvent): void;
  /** The seqs of one stream. */
  seqsOf(stream: string): NumberColumn;
  /** The seqs of a stream's messages. */
  messagesOf(stream: string): NumberColumn;
};

export function createLogRecord(names: StreamNames): LogRecord {
  const [seqs, streams, previous, authors] = [1, 2, 3, 4].map(createNumberColumn) as [
    NumberColumn,
    NumberColumn,
    NumberColumn,
    NumberColumn,
  ];
  const clientIds: string[] = [];
  const memberships: MembershipChange[] = [];
  const byStream = new Map<string, { all: NumberColumn; messages: NumberColumn }>();

  const columnsOf = (stream: string) => {
    const known = byStream.get(stream) ?? { all: createNumberColumn(), messages: createNumberColumn() };
    byStream.set(stream, known);
    return known;
  };

  return {
    ...{ names, seqs, streams, previous, authors, clientIds, memberships },
    get head() {
      return seqs.length === 0 ? 0 : seqs.at(seqs.length - 1);
    },
    add(event) {
      seqs.push(event.seq);
      streams.push(names.numberOf(event.stream));
      previous.push(event.previous);
      authors.push(event.posted?.author ?? 0);
      clientIds.push(event.posted?.clientId ?? '');
      const { all, messages } = columnsOf(event.stream);
      all.push(event.seq);
      if (event.posted !== undefined) messages.push(event.seq);
      if (event.membership === undefined) return;
      const { channel, joined } = event.membership;
      const member = Number(event.stream.replace('member:', ''));
      memberships.push({ seq: event.seq, member, stream: `channel:${channel}`, joined });
    },
    seqsOf: (stream) => columnsOf(stream).all,
    messagesOf: (stream) => columnsOf(stream).messages,
  };
}
