import { useLayoutEffect, useRef } from 'react';
import { useCell } from '../cell.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import { emojiRequest } from './pick-emoji.ts';
import './emoji-popover.css';

/** The one place where the picker opens, for whoever calls `pickEmoji`. */
export function EmojiPopover() {
  const { messages } = usePhrases();
  const request = useCell(emojiRequest);
  const popover = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = popover.current;
    if (request === undefined || element === null) return;
    placeBeside(element, request.anchor.getBoundingClientRect());
    // With its source it counts as part of the menu that it was opened from, which stays open.
    element.showPopover({ source: request.anchor });
    return () => element.hidePopover();
  }, [request]);

  const finish = (emoji: string | undefined) => {
    emojiRequest.set(undefined);
    request?.answer(emoji);
  };
  return (
    <div
      className="emoji-popover"
      ref={popover}
      popover="auto"
      role="dialog"
      aria-label={messages.insertEmoji}
      onToggle={(event) => {
        if (event.newState === 'closed' && request !== undefined) finish(undefined);
      }}
    >
      {request && <EmojiPicker onChoose={finish} />}
    </div>
  );
}

const gap = 6;

/** On the roomier side of the anchor, inside the window; the style sheet overrides it on a phone. */
function placeBeside(popover: HTMLElement, box: DOMRect): void {
  const { style } = popover;
  const isAbove = box.top > innerHeight - box.bottom;
  const isRight = box.left + box.width / 2 > innerWidth / 2;
  style.setProperty('--top', isAbove ? 'auto' : `${box.bottom + gap}px`);
  style.setProperty('--bottom', isAbove ? `${innerHeight - box.top + gap}px` : 'auto');
  style.setProperty('--left', isRight ? 'auto' : `${Math.max(gap, box.left)}px`);
  style.setProperty('--right', isRight ? `${Math.max(gap, innerWidth - box.right)}px` : 'auto');
  style.setProperty('--room', `${(isAbove ? box.top : innerHeight - box.bottom) - 2 * gap}px`);
}
