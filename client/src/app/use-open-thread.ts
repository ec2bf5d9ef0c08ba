import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** The thread beside the channel stands in the address, so that going back closes it and a link opens it. */
export function useOpenThread(): [thread: number | undefined, open: (thread: number | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.get('thread') ?? '';
  const thread = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
  const open = useCallback(
    (next: number | undefined) => setSearch(next === undefined ? {} : { thread: String(next) }),
    [setSearch],
  );
  return [thread, open];
}
