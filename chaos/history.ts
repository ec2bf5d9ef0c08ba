import type { Acknowledgements } from './records/acknowledgements.ts';
import type { ConnectionSpan, ObserverRecord, TypingSaid } from './records/ephemeral-record.ts';
import type { LogRecord } from './records/log-record.ts';
import type { ReaderRecord } from './records/reader-record.ts';
import type { TurnedAway } from './records/turned-away.ts';

/** All that a run leaves to be judged: what the log has, and what everyone was told. */
export type History = {
  log: LogRecord;
  acknowledgements: Acknowledgements[];
  readers: ReaderRecord[];
  turnedAway: TurnedAway[];
  ephemeral: {
    observers: ObserverRecord[];
    said: TypingSaid[];
    connections: ConnectionSpan[];
    /** When the observers stopped looking. */
    endedAt: number;
    /** A frame about typing may be this late, since processes and clients are stopped for seconds. */
    typingGraceMs: number;
    /** Somebody's going or coming is known to all after this time at the latest. */
    presenceGraceMs: number;
  };
};
