import { greetings, newerRelease } from '../release.ts';
import { isUnfinished, isWriting } from './unfinished.ts';

const betweenChecksMs = 20_000;
const regularlyMs = 60 * 60_000;
const lookMs = 10_000;
/** Nobody has touched the page for so long, or looked at it. */
const idleMs = 5 * 60_000;
const hiddenMs = 30_000;

const storageKey = 'ronda.release';

/**
 * Notices that the balancer serves another page than this one, offers it, and takes it by itself once nobody would mind.
 * The worker, where there is one, is told to fetch the new release first.
 */
export function watchRelease(registration: ServiceWorkerRegistration | undefined): void {
  const mine = filesOf(document.documentElement.outerHTML);
  // A page that came from the worker may be of an older release; one from the balancer isn't.
  let checkedAt = registration?.active && navigator.serviceWorker.controller ? 0 : Date.now();
  let touchedAt = Date.now();
  let hiddenAt: number | undefined;
  let served = mine;

  const check = async () => {
    checkedAt = Date.now();
    const answer = await fetch('/', { cache: 'no-cache' }).catch(() => undefined);
    if (answer?.ok !== true) return;
    served = filesOf(await answer.text());
    if (served === mine || served === '') return;
    await registration?.update().catch(() => undefined);
    const worker = registration?.installing ?? registration?.waiting;
    if (worker && !(await activated(worker))) return;
    newerRelease.set(true);
  };

  const checkSoon = () => {
    if (Date.now() - checkedAt < betweenChecksMs) return;
    checkedAt = Date.now();
    // Everybody is greeted at once after a balancer has been replaced.
    setTimeout(() => void check(), 1_000 + Math.random() * 4_000);
  };

  /** Once a release at most: should it still look like another one, the person decides. */
  const take = () => {
    if (takenBefore(served)) return;
    location.reload();
  };

  const look = () => {
    const now = Date.now();
    if (now - checkedAt > regularlyMs) void check();
    const left = hiddenAt === undefined ? now - touchedAt > idleMs : now - hiddenAt > hiddenMs;
    if (newerRelease.get() && left && !isUnfinished()) take();
  };

  setInterval(look, lookMs);
  greetings.subscribe(checkSoon);
  registration?.addEventListener('updatefound', () => void check());
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'focus'])
    addEventListener(
      kind,
      () => {
        touchedAt = Date.now();
      },
      { passive: true, capture: true },
    );
  document.addEventListener('visibilitychange', () => {
    hiddenAt = document.visibilityState === 'hidden' ? Date.now() : undefined;
    if (hiddenAt === undefined) checkSoon();
  });

  // A part of this page is gone with its release: whoever asked for it gets it from the new one.
  addEventListener('vite:preloadError', () => {
    void check().then(() => {
      if (newerRelease.get() && !isWriting()) take();
    });
  });
}

/** What a page consists of, by the names that its release gave them. */
function filesOf(html: string): string {
  const names = [...html.matchAll(/(?:src|href)="(\/assets\/index-[^"]+)"/g)].map(([, name]) => name);
  return [...new Set(names)].sort().join(' ');
}

function activated(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = () => {
      if (worker.state === 'activated') resolve(true);
      if (worker.state === 'redundant') resolve(false);
    };
    worker.addEventListener('statechange', settle);
    settle();
  });
}

function takenBefore(release: string): boolean {
  try {
    if (sessionStorage.getItem(storageKey) === release) return true;
    sessionStorage.setItem(storageKey, release);
    return false;
  } catch {
    return true;
  }
}
