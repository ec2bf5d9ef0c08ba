import { type PointerEvent, useRef } from 'react';

const heldForMs = 450;
const driftPixels = 10;

/** A finger that stays where it is, on a row or one of its reactions; one that moves is scrolling. */
export function useLongPress(onPress: (row: Element, target: Element) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const release = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown({ pointerType, clientX, clientY, currentTarget, target }: PointerEvent) {
      if (pointerType !== 'touch' || (target as Element).closest('a, button:not(.reaction), textarea, .menu')) return;
      release();
      const hold = () => {
        keepFromClicking();
        onPress(currentTarget, target as Element);
      };
      press.current = { timer: setTimeout(hold, heldForMs), x: clientX, y: clientY };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const { x = clientX, y = clientY } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > driftPixels) release();
    },
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: release as (event: PointerEvent) => void,
  };
}

/** Lifting the finger would press what has come to lie below it, or close it. */
function keepFromClicking(): void {
  const done = new AbortController();
  const onLift = (event: Event) => {
    if (event.cancelable) event.preventDefault();
    done.abort();
  };
  for (const type of ['touchend', 'touchcancel'])
    addEventListener(type, onLift, { capture: true, passive: false, signal: done.signal });
}
