import { useCallback, useRef, useState } from 'react';
import type { PageState } from './history-ends.tsx';

/** One call at a time; one that failed waits for the person. */
export function usePages(more: boolean, load: () => Promise<unknown>): [state: PageState, load: () => void] {
  const [call, setCall] = useState<'idle' | 'loading' | 'failed'>('idle');
  const loading = useRef(false);
  const start = useCallback(async () => {
    if (loading.current) return;
    loading.current = true;
    setCall('loading');
    try {
      await load();
      setCall('idle');
    } catch {
      setCall('failed');
    } finally {
      loading.current = false;
    }
  }, [load]);
  return [!more ? 'none' : call === 'idle' ? 'more' : call, useCallback(() => void start(), [start])];
}
