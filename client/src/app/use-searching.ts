import { useCallback, useRef, useState } from 'react';

/** The search beside the conversation. What is typed in it outlives it: on a phone it closes to show what was found. */
export function useSearching() {
  const last = useRef('');
  const [opened, setOpened] = useState<{ initial: string; round: number }>();
  // Asked for again, it begins anew with what was typed, and takes the focus.
  const search = useCallback(
    (typed?: string) => setOpened((before) => ({ initial: typed || last.current, round: (before?.round ?? 0) + 1 })),
    [],
  );
  const close = useCallback(() => setOpened(undefined), []);
  const onTyped = useCallback((typed: string) => {
    last.current = typed;
  }, []);
  return { opened, search, close, onTyped };
}
