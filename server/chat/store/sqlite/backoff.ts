/** Waiting for a lock that somebody else holds, until it is time to ask again or word comes that it was let go. */
export type Backoff = {
  wait(): Promise<void>;
  nudge(): void;
};

/** SQLite's own busy handler backs off so far that one of three processes starves; this asks every 1–3 ms. */
export function createBackoff(): Backoff {
  let wake: (() => void) | undefined;

  return {
    wait: () =>
      new Promise((resolve) => {
        const timer = setTimeout(done, 1 + Math.random() * 2);
        wake = done;
        function done(): void {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        }
      }),
    nudge: () => wake?.(),
  };
}
