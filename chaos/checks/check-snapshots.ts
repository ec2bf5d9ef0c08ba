import type { LogRecord } from '../records/log-record.ts';
import { countUpTo, lastUpTo } from '../records/number-column.ts';
import type { ReaderRecord } from '../records/reader-record.ts';
import type { Findings } from './faults-found.ts';
import type { Memberships } from './memberships.ts';

/** [G4.5] What a reader loaded is what the log had at the cursor that came with it. */
export function checkSnapshots(
  reader: ReaderRecord,
  log: LogRecord,
  memberships: Memberships,
  findings: Findings,
): void {
  for (const { cursor, heads, channels, atLeast } of reader.snapshots) {
    const streams = memberships.streamsAt(reader.member, cursor);
    const sameHeads = streams.every(
      (stream) => heads[stream as keyof typeof heads] === lastUpTo(log.seqsOf(stream), cursor),
    );
    const sameChannels = channels.every(
      ({ id, lastNumber }) => countUpTo(log.messagesOf(`channel:${id}`), cursor) === lastNumber,
    );
    const complete = Object.keys(heads).length === streams.length && channels.length === streams.length - 2;
    if (!sameHeads || !sameChannels || !complete || cursor < atLeast)
      findings.add('untrue', () => `${reader.name} took a snapshot at #${cursor} that isn't what the log had`);
  }
  for (const { channel, cursor, ids, older } of reader.pages) {
    const messages = log.messagesOf(`channel:${channel}`);
    const count = countUpTo(messages, cursor);
    const start = count - ids.length;
    if (ids.some((id, index) => id !== messages.at(start + index)) || older !== start > 0)
      findings.add(
        'untrue',
        () => `${reader.name} took a page of channel ${channel} at #${cursor} that isn't the log's`,
      );
  }
}
