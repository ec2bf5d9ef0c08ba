import { useEffect } from 'react';

const afterMs = 3_000;

/**
 * What isn't needed for the first look is loaded once that is done, before anybody asks: a thread or a dialog then opens
 * at once, also while the server is away.
 */
export function useLoadAhead(): void {
  useEffect(() => {
    const load = () =>
      import('./load-ahead.ts').then(
        ({ loadAhead }) => loadAhead(),
        () => undefined,
      );
    const timer = setTimeout(() => void load(), afterMs);
    return () => clearTimeout(timer);
  }, []);
}
