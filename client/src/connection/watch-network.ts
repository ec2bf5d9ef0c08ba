const tickMs = 5_000;
const asleepAfterMs = 30_000;

type Listeners = {
  /** The machine has slept, or the network has returned: the socket may be dead without knowing it. */
  onWake(): void;
  /** The browser says that there is no network, which isn't the last word: the server may be this machine. */
  onDoubt(): void;
};

export function watchNetwork({ onWake, onDoubt }: Listeners): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    // Timers of hidden pages run once a minute at worst, which is no sleep.
    if (now - last > asleepAfterMs && document.visibilityState === 'visible') onWake();
    last = now;
  }, tickMs);
  addEventListener('online', onWake);
  addEventListener('offline', onDoubt);
  return () => {
    clearInterval(timer);
    removeEventListener('online', onWake);
    removeEventListener('offline', onDoubt);
  };
}
