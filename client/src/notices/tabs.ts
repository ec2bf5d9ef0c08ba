/** What the tabs of one browser settle among themselves, by locks that end with the tab, however that ends. */

/** Calls `lead` in one tab at a time; it returns what ends its work. */
export function leadAmongTabs(name: string, lead: () => () => void): () => void {
  const stopped = new AbortController();
  void navigator.locks
    .request(name, { signal: stopped.signal }, async () => {
      const stop = lead();
      await new Promise<void>((resolve) => {
        if (stopped.signal.aborted) resolve();
        else stopped.signal.addEventListener('abort', () => resolve());
      });
      stop();
    })
    .catch(() => undefined); // it was still waiting for its turn
  return () => stopped.abort();
}

/** For the others to know: this tab is looked at. */
export function tellFocus(name: string): () => void {
  let blurred: (() => void) | undefined;
  const look = () => {
    if (!isLookedAt()) {
      blurred?.();
      blurred = undefined;
    } else if (blurred === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      blurred = resolve;
      void navigator.locks.request(name, { mode: 'shared' }, () => promise);
    }
  };
  look();
  const listening = new AbortController();
  for (const kind of ['focus', 'blur'] as const) addEventListener(kind, look, { signal: listening.signal });
  document.addEventListener('visibilitychange', look, { signal: listening.signal });
  return () => {
    listening.abort();
    blurred?.();
  };
}

export async function isAnyFocused(name: string): Promise<boolean> {
  if (isLookedAt()) return true;
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}

function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
