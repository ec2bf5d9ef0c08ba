import { useEffect, useLayoutEffect, useRef } from 'react';

/** What lies over the page, the topmost last. Together they make one step in the browser's history. */
const covers: (() => void)[] = [];
let goingBack = false;

/** What covers the page, while `wanted`, closes by the browser's way back too, as people expect on a phone. */
export function useBackCloses(onClose: () => void, wanted = true): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useLayoutEffect(() => {
    if (!wanted) return;
    const close = () => latest.current();
    covers.push(close);
    setTimeout(settle);
    return () => {
      covers.splice(covers.indexOf(close), 1);
      // Not before whatever takes its place is there, or the address that it led to.
      setTimeout(settle);
    };
  }, [wanted]);
}

/** Dialogs and the drawer, where there is a way back at hand: on a screen as narrow as a phone's. */
export function useBackClosesOnPhone(onClose: () => void, wanted = true): void {
  useBackCloses(onClose, wanted && matchMedia('(max-width: 52rem)').matches);
}

/** The history stands at the step of what covers the page; an address that is gone to takes its place. */
export function isCovered(): boolean {
  return history.state?.covered === true;
}

/** One step while anything covers the page, none else. */
function settle(): void {
  if (goingBack || isCovered() === covers.length > 0) return;
  goingBack = covers.length === 0;
  if (goingBack) history.back();
  else history.pushState({ ...history.state, covered: true }, '');
}

addEventListener('popstate', () => {
  if (!goingBack && !isCovered()) covers.at(-1)?.();
  goingBack = false;
  setTimeout(settle);
});
