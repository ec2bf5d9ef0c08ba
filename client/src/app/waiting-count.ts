import { useEffect, useState } from 'react';
import { useCell } from '../cell.ts';
import type { Outbox } from '../messages/outbox.ts';
import { useSession } from './session-context.tsx';

const afterMs = 3_000;

/** How many messages and changes haven't arrived; 0 as long as they are all on their way in the usual time. */
export function useWaitingCount(): number {
  const entries = useCell(useSession().outbox.entries);
  const waiting = notArrived(entries);
  const since = Math.min(...waiting.map(({ at }) => at));
  const failed = waiting.some(({ state }) => state.kind === 'failed');
  const [late, setLate] = useState<number>();
  useEffect(() => {
    if (!Number.isFinite(since)) return;
    const timer = setTimeout(() => setLate(since), Math.max(0, since + afterMs - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return failed || late === since ? waiting.length : 0;
}

export function notArrived(entries: Outbox): Outbox {
  return entries.filter(({ state }) => state.kind !== 'accepted');
}
