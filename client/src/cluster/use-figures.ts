import { useEffect, useState } from 'react';
import type { Ask } from '../wire/ask.ts';
import { askedFrom, figuresAfter, type KnownReplica } from './figures.ts';

const everyMs = 1_000;
const patienceMs = 4_000;

/** What the replicas say of themselves, asked each second over this page's own connection, whichever replica it is on. */
export function useFigures(ask: Ask): readonly KnownReplica[] {
  const [known, setKnown] = useState<readonly KnownReplica[]>([]);
  useEffect(() => {
    let latest: readonly KnownReplica[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopping = new AbortController();

    async function follow(): Promise<void> {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(patienceMs)]);
      const report = await ask.cluster.figures.query({ after: askedFrom(latest) }, { signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      if (report !== undefined) {
        latest = figuresAfter(latest, report);
        setKnown(latest);
      }
      timer = setTimeout(() => void follow(), everyMs);
    }

    void follow();
    return () => {
      stopping.abort();
      clearTimeout(timer);
    };
  }, [ask]);
  return known;
}
