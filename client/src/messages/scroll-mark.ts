import type { UIEvent } from 'react';

const lastsMs = 1_200;

/** Marks an element with `data-scrolling` while someone scrolls it, and a moment longer; not while the page does. */
export function createScrollMark() {
  let handAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    /** A press counts where it is on the bar that one drags. */
    onHand({ type, target, currentTarget }: UIEvent<HTMLElement>) {
      if (type !== 'pointerdown' || target === currentTarget) handAt = performance.now();
    },
    onScroll({ currentTarget: { dataset } }: UIEvent<HTMLElement>) {
      if (timer === undefined && performance.now() - handAt > lastsMs) return;
      clearTimeout(timer);
      dataset.scrolling = '';
      timer = setTimeout(() => {
        timer = undefined;
        delete dataset.scrolling;
      }, lastsMs);
    },
  };
}
