import type { EventBody } from '../../../../shared/protocol.ts';
import type { StoredEvent } from '../store.ts';
import type { Connection, Parameter, Row } from './connection.ts';

/** One batch under the writer's lock: reads see what is in it so far, appended events take the next seqs. */
export type LogTransaction = {
  readonly now: number;
  readonly replica: string;
  /** What was appended so far, for those who would otherwise read it; whoever rolls back to a savepoint cuts it. */
  readonly events: StoredEvent[];
  /** Where the log ended before this batch; undefined until it allots. */
  readonly after: number | undefined;
  all<T = Row>(sql: string, ...parameters: Parameter[]): Promise<T[]>;
  /** From here on, and until it is rolled back, `stillOpen` holds of this transaction. */
  mark(): Promise<number>;
  /** Reads where the log ends, so that allotting waits for nothing. */
  prepareToAllot(): Promise<void>;
  /** The next seq of the log, taken. */
  allot(): Promise<number>;
  /** Writes an event into a stream after its predecessor there, and moves the stream's head; returns its seq. */
  append(stream: StreamName, body: EventBody | ((seq: number) => EventBody), author: number | null): Promise<number>;
};

/** A stream and the row whose `head` column is its head. */
export type StreamName = { table: 'channels' | 'members'; id: number } | { table: 'workspace'; id: 1 };

export const theWorkspace: StreamName = { table: 'workspace', id: 1 };

const prefixes = { channels: 'channel:', members: 'member:' } as const;

export function streamText(stream: StreamName): string {
  return stream.table === 'workspace' ? 'workspace' : `${prefixes[stream.table]}${stream.id}`;
}

/**
 * A condition for statements that are given at once: true of the number that `mark` gave while its transaction lasts.
 * Where one of them meets a broken disk, SQLite rolls back by itself, and would carry out and commit the others alone.
 */
export const stillOpen = '(SELECT number FROM temp.mark) = ?';

/** On the writer's connection, before its first transaction. */
export const prepareMarks = 'CREATE TEMP TABLE mark (number INTEGER NOT NULL); INSERT INTO temp.mark VALUES (0);';

let marks = 0;

export function beginLogTransaction(connection: Connection, replica: string, now: number): LogTransaction {
  let after: number | undefined;
  let last: number | undefined;

  const transaction: LogTransaction = {
    now,
    replica,
    events: [],
    get after() {
      return after;
    },
    all: (sql, ...parameters) => connection.all(sql, ...parameters),
    async mark() {
      marks += 1;
      const number = marks;
      await connection.all('UPDATE temp.mark SET number = ?', number);
      return number;
    },
    async prepareToAllot() {
      if (last !== undefined) return;
      const [row] = await connection.all<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'events'");
      after = row?.seq ?? 0;
      last = after;
    },
    async allot() {
      await transaction.prepareToAllot();
      last = (last ?? 0) + 1;
      return last;
    },
    async append(stream, given, author) {
      const seq = await transaction.allot();
      const body = typeof given === 'function' ? given(seq) : given;
      const [row] = await connection.all<{ head: number }>(`SELECT head FROM ${stream.table} WHERE id = ?`, stream.id);
      const name = streamText(stream);
      const payload = JSON.stringify({ ...body, seq, stream: name, previous: row?.head ?? 0, at: now, replica });
      await connection.all(
        'INSERT INTO events (seq, stream, kind, author, replica, at, payload) VALUES (?, ?, ?, ?, ?, ?, ?)',
        seq,
        name,
        body.kind,
        author,
        replica,
        now,
        payload,
      );
      await connection.all(`UPDATE ${stream.table} SET head = ? WHERE id = ?`, seq, stream.id);
      transaction.events.push({ seq, stream: name, kind: body.kind, payload });
      return seq;
    },
  };
  return transaction;
}
