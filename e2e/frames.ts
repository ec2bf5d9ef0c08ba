import type { Person } from './person.ts';

type Watch = { row: Element; top: number; moved: number; frames: number; watching: boolean };

/**
 * By how many pixels the first visible row moved at most in any frame while something happened, as each frame was
 * painted. `until` holds once it has happened.
 */
export async function movementDuring(person: Person, act: () => Promise<unknown>, until: () => Promise<unknown>) {
  const { page } = person;
  await page.evaluate(() => {
    const scroller = document.querySelector('.message-scroller') as HTMLElement;
    const edge = scroller.getBoundingClientRect().top;
    const row = [...scroller.querySelectorAll('[data-row]')].find((one) => one.getBoundingClientRect().bottom > edge);
    if (!row) throw new Error('no row');
    const watch = { row, top: row.getBoundingClientRect().top, moved: 0, frames: 0, watching: true };
    // A new observer's first entry is of this frame, after all that may still move before it is painted.
    const look = () => {
      const observer = new IntersectionObserver(([entry]) => {
        observer.disconnect();
        watch.frames += 1;
        const top = row.isConnected ? entry?.boundingClientRect.top : undefined;
        watch.moved = Math.max(watch.moved, Math.abs((top ?? Number.POSITIVE_INFINITY) - watch.top));
      });
      observer.observe(row);
      if (watch.watching) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(globalThis, { watch });
  });
  await act();
  await until();
  await nextFrames(person, 5);
  const { moved, frames } = await page.evaluate(() => {
    const { watch } = globalThis as unknown as { watch: Watch };
    watch.watching = false;
    return { moved: watch.moved, frames: watch.frames };
  });
  return frames > 0 ? moved : Number.NaN;
}

export async function nextFrames({ page }: Person, count: number): Promise<void> {
  await page.evaluate(
    (left) =>
      new Promise<void>((resolve) => {
        const next = (frames: number) => (frames === 0 ? resolve() : requestAnimationFrame(() => next(frames - 1)));
        next(left);
      }),
    count,
  );
}
