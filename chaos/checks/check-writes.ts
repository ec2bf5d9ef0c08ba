import type { History } from '../history.ts';
import { countUpTo } from '../records/number-column.ts';
import type { Findings } from './faults-found.ts';

/** [G1] [G3] What was acknowledged is in the log, there only once, and the log's own chains are whole. */
export function checkWrites({ log, acknowledgements }: History, findings: Findings): void {
  const stored = new Map<number, Set<string>>();
  const last = new Map<number, number>();
  for (let index = 0; index < log.seqs.length; index += 1) {
    const seq = log.seqs.at(index);
    const stream = log.streams.at(index);
    const previous = log.previous.at(index);
    if (previous !== (last.get(stream) ?? 0))
      findings.add('holes', () => `the log's #${seq} follows #${last.get(stream)}, but names #${previous}`);
    last.set(stream, seq);
    const clientId = log.clientIds[index] ?? '';
    if (clientId === '') continue;
    const author = log.authors.at(index);
    const ids = stored.get(author) ?? new Set();
    if (ids.has(clientId)) findings.add('doubled', () => `${clientId} of member ${author} is stored again as #${seq}`);
    stored.set(author, ids.add(clientId));
  }

  for (const { author, clientIds, seqs } of acknowledgements)
    for (const [index, clientId] of clientIds.entries()) {
      const seq = seqs.at(index);
      const row = countUpTo(log.seqs, seq) - 1;
      const there = row >= 0 && log.seqs.at(row) === seq && log.clientIds[row] === clientId;
      if (!there || log.authors.at(row) !== author)
        findings.add('lost', () => `${clientId} of member ${author} was acknowledged as #${seq}`);
    }
}
