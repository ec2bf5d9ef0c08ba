import { type PointerEvent, useRef } from 'react';

const least = 50;

type Swipe = { go(step: number): void; close(): void; wanted: boolean };

/** A finger to the side goes on to the next, one downwards closes. Two fingers are the browser's, to look closer. */
export function useSwipe({ go, close, wanted }: Swipe) {
  const start = useRef<{ id: number; x: number; y: number }>(undefined);
  return {
    onPointerDown(event: PointerEvent) {
      // Not a long press on the row below.
      event.stopPropagation();
      const { pointerType, isPrimary, pointerId: id, clientX: x, clientY: y } = event;
      const alone = wanted && pointerType === 'touch' && isPrimary && (visualViewport?.scale ?? 1) === 1;
      start.current = alone ? { id, x, y } : undefined;
    },
    onPointerUp(event: PointerEvent) {
      const from = start.current;
      start.current = undefined;
      if (from?.id !== event.pointerId) return;
      const [across, down] = [event.clientX - from.x, event.clientY - from.y];
      const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 1 : -1;
      if (Math.abs(across) > least && Math.abs(across) > Math.abs(down)) go(Math.sign(across) * forward);
      else if (down > 2 * least) close();
    },
    onPointerCancel() {
      start.current = undefined;
    },
  };
}
