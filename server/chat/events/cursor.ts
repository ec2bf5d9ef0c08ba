import type { LogRange } from '../store/store.ts';

export function cursorText(log: string, seq: number): string {
  return `${log}.${seq}`;
}

/**
 * Where a connection goes on: after its cursor, or at the head where it has none; `resync` where the log can't serve
 * the cursor (another log's, older than what is kept, or beyond the head).
 */
export function resumeFrom(
  lastEventId: string | undefined,
  { log, from, head }: LogRange,
): { kind: 'resume' | 'resync'; position: number } {
  if (lastEventId === undefined) return { kind: 'resume', position: head };
  const [cursorLog, seqText] = lastEventId.split('.');
  const seq = Number(seqText);
  if (cursorLog !== log || !Number.isSafeInteger(seq) || seq < from || seq > head)
    return { kind: 'resync', position: head };
  return { kind: 'resume', position: seq };
}
