import { useCallback, useEffect, useRef } from 'react';

/**
 * What covers the page closes by the browser's way back too, as people expect on a phone. Returns what closes it: by
 * going that way, so that the history is as it was before.
 */
export function useBackCloses(onClose: () => void): () => void {
  const latest = useRef(onClose);
  latest.current = onClose;
  const state = useRef<'open' | 'closing' | 'gone'>('open');
  useEffect(() => {
    state.current = 'open';
    if (!isOurs()) history.pushState({ ...history.state, covered: true }, '');
    const onPopState = () => latest.current();
    addEventListener('popstate', onPopState);
    return () => {
      removeEventListener('popstate', onPopState);
      state.current = 'gone';
      // It may have gone without being closed, since what it showed did.
      setTimeout(() => {
        if (state.current === 'gone' && isOurs()) history.back();
      });
    };
  }, []);
  return useCallback(() => {
    if (state.current !== 'open') return;
    if (!isOurs()) return latest.current();
    state.current = 'closing';
    history.back();
  }, []);
}

function isOurs(): boolean {
  return history.state?.covered === true;
}
