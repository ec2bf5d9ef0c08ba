import type { Mark, ReaderRecord } from '../records/reader-record.ts';
import type { Findings } from './faults-found.ts';

/** After `from` and up to `to` a reader was to get everything. */
export type Window = { from: number; to: number };

export type Arrivals = {
  /** By seq: whether it came. */
  seen: Uint8Array;
  windows: Window[];
  /** Came again because the reader itself asked from an earlier point than it had reached. */
  redelivered: number;
};

/** [G2] [G4] Walks through what came: on one connection, after its cursor, each seq is greater than the one before. */
export function arrivalsOf(reader: ReaderRecord, head: number, findings: Findings): Arrivals {
  const seen = new Uint8Array(head + 1);
  const windows: Window[] = [];
  let window: Window | undefined;
  let position = 0; // on this connection
  let redelivered = 0;
  const marks = reader.marks.values();
  let mark = marks.next().value;

  for (let index = 0; index <= reader.seqs.length; index += 1) {
    while (mark !== undefined && mark.index === index) {
      passMark(mark);
      mark = marks.next().value;
    }
    if (index === reader.seqs.length) break;
    const seq = reader.seqs.at(index);
    const before = seen[seq] === 1;
    if (seq <= position)
      findings.add(before ? 'doubled' : 'reordered', () => `${reader.name} got #${seq} after #${position}`);
    else {
      position = seq;
      if (before) redelivered += 1;
    }
    if (seq <= head) seen[seq] = 1;
    if (window !== undefined && seq > window.to) window.to = seq;
  }
  if (window !== undefined && reader.caughtUp) window.to = head;
  return { seen, windows, redelivered };

  function passMark(passed: Mark): void {
    switch (passed.kind) {
      case 'begun':
        window = undefined;
        break;
      case 'hello':
        if (passed.cursor === undefined) break; // a resync follows
        position = passed.cursor;
        if (window === undefined) open(passed.cursor);
        break;
      case 'resync':
        position = passed.cursor;
        open(passed.cursor);
        break;
      case 'heartbeat':
        position = Math.max(position, passed.cursor);
        if (window !== undefined) window.to = Math.max(window.to, passed.cursor);
        break;
    }
  }

  function open(from: number): void {
    window = { from, to: from };
    windows.push(window);
  }
}
