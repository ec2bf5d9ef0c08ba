import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 40rem)';

/** Whether the picture reads from top to bottom, as on a phone. */
export function useUpright(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(narrow).matches);
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
