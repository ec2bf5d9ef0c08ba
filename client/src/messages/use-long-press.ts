import { type PointerEvent, useRef } from 'react';

const heldForMs = 450;
const driftPixels = 10;

/** A finger that stays where it is; one that moves is scrolling. */
export function useLongPress(onPress: (element: Element) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const release = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown({ pointerType, clientX, clientY, currentTarget, target }: PointerEvent) {
      if (pointerType !== 'touch' || (target as Element).closest('a, button, textarea, .menu')) return;
      release();
      press.current = { timer: setTimeout(() => onPress(currentTarget), heldForMs), x: clientX, y: clientY };
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
