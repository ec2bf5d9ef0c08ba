import type { Frame, WorkspaceSnapshot } from '../../shared/protocol.ts';
import { createNumberColumn, type NumberColumn } from './number-column.ts';
import type { StreamNames } from './stream-names.ts';

type Heads = { head: number; heads: Readonly<Record<string, number>> };

/** What happened to a reader beside events; `index` events had come by then. */
export type Mark = { index: number } & (
  | { kind: 'begun' }
  /** `cursor` is where the connection goes on: undefined where the reader asked with one of another log. */
  | ({ kind: 'hello'; cursor: number | undefined } & Heads)
  | ({ kind: 'resync'; cursor: number } & Heads)
  | { kind: 'heartbeat'; cursor: number }
);

/** Ids of the newest messages of a channel, as a page of history had them. */
export type PageTaken = { channel: number; cursor: number; ids: number[]; older: boolean };
export type SnapshotTaken = Pick<WorkspaceSnapshot, 'cursor' | 'heads'> & {
  /** The snapshot has to be of this moment of the log or of a later one. */
  atLeast: number;
  channels: { id: number; lastNumber: number }[];
};

/** All that one reader was sent, in the order in which it came. */
export type ReaderRecord = {
  readonly name: string;
  readonly member: number;
  readonly seqs: NumberColumn;
  readonly streams: NumberColumn;
  readonly previous: NumberColumn;
  readonly marks: Mark[];
  readonly snapshots: SnapshotTaken[];
  readonly pages: PageTaken[];
  /** It was to have everything by the end of the run. */
  caughtUp: boolean;
  take(id: string, frame: Frame): void;
  /** It starts anew, without a cursor or with one of another log. */
  begin(): void;
};

export function createReaderRecord(options: { name: string; member: number; names: StreamNames }): ReaderRecord {
  const { names } = options;
  const [seqs, streams, previous] = [1, 2, 3].map(createNumberColumn) as [NumberColumn, NumberColumn, NumberColumn];
  const marks: Mark[] = [];

  return {
    ...{ name: options.name, member: options.member, seqs, streams, previous, marks, snapshots: [], pages: [] },
    caughtUp: false,
    begin: () => void marks.push({ index: seqs.length, kind: 'begun' }),
    take(id, frame) {
      const index = seqs.length;
      if ('seq' in frame) {
        seqs.push(frame.seq);
        streams.push(names.numberOf(frame.stream));
        previous.push(frame.previous);
        return;
      }
      const [log, seq] = id.split('.');
      const cursor = Number(seq);
      if (frame.kind === 'hello') {
        const { head, heads } = frame;
        marks.push({ index, kind: 'hello', cursor: log === frame.log ? cursor : undefined, head, heads });
      } else if (frame.kind === 'resync')
        marks.push({ index, kind: 'resync', cursor, head: frame.head, heads: frame.heads });
      else if (frame.kind === 'heartbeat') marks.push({ index, kind: 'heartbeat', cursor });
    },
  };
}
