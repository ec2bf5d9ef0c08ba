import type { LogRecord } from '../records/log-record.ts';
import { lastUpTo } from '../records/number-column.ts';
import type { ReaderRecord } from '../records/reader-record.ts';
import { type Arrivals, arrivalsOf, type Window } from './arrivals.ts';
import type { Findings } from './faults-found.ts';
import type { Memberships } from './memberships.ts';

/** [G2] [G4] [G6] What came to a reader against what the log has for it. Returns how many events came again on request. */
export function checkReader(
  reader: ReaderRecord,
  log: LogRecord,
  memberships: Memberships,
  findings: Findings,
): { redelivered: number } {
  const arrivals = arrivalsOf(reader, log.head, findings);
  for (const window of arrivals.windows) checkWindow(window, arrivals);
  checkReceived(arrivals);
  checkHellos();
  return { redelivered: arrivals.redelivered };

  /** Nothing is missing; only the end of a time in a channel may be, once the leaving is known. */
  function checkWindow({ from, to }: Window, { seen }: Arrivals): void {
    const missing = new Map<string, number[]>();
    for (let index = 0; index < log.seqs.length; index += 1) {
      const seq = log.seqs.at(index);
      if (seq <= from || seq > to) continue;
      const stream = log.names.nameOf(log.streams.at(index));
      const span = memberships.spanAt(reader.member, stream, seq);
      if (span === undefined) continue;
      const key = `${stream} ${span.joined}`;
      if (seen[seq] === 0 && span.left === Number.POSITIVE_INFINITY) miss(seq, stream);
      else if (seen[seq] === 0) {
        const withheld = missing.get(key);
        if (withheld) withheld.push(seq);
        else missing.set(key, [seq]);
      } else {
        for (const missed of missing.get(key) ?? []) miss(missed, stream);
        missing.delete(key);
      }
    }
  }

  function miss(seq: number, stream: string): void {
    findings.add('lost', () => `${reader.name} never got #${seq} of ${stream}`);
  }

  /** Each was theirs to see, and so came the one before it. */
  function checkReceived({ seen, windows }: Arrivals): void {
    for (let index = 0; index < reader.seqs.length; index += 1) {
      const seq = reader.seqs.at(index);
      const stream = log.names.nameOf(reader.streams.at(index));
      const previous = reader.previous.at(index);
      const span = memberships.spanAt(reader.member, stream, seq);
      if (span === undefined) {
        findings.add('leaked', () => `${reader.name} (member ${reader.member}) got #${seq} of ${stream}`);
        continue;
      }
      const from = Math.max(span.joined, windows.findLast((window) => window.from < seq)?.from ?? 0);
      if (previous > from && seen[previous] !== 1)
        findings.add('holes', () => `${reader.name} got #${seq} of ${stream}, but never #${previous} before it`);
    }
  }

  function checkHellos(): void {
    for (const mark of reader.marks) {
      if (mark.kind !== 'hello' && mark.kind !== 'resync') continue;
      const expected = memberships.streamsAt(reader.member, mark.head);
      const same = expected.every((stream) => mark.heads[stream] === lastUpTo(log.seqsOf(stream), mark.head));
      if (!same || Object.keys(mark.heads).length !== expected.length)
        findings.add('untrue', () => `${reader.name} had a ${mark.kind} at #${mark.head} with ${show(mark.heads)}`);
    }
  }
}

function show(heads: Readonly<Record<string, number>>): string {
  return JSON.stringify(heads);
}
