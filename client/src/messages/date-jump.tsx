import { useRef, useState } from 'react';
import { later } from '../design/later.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from '../loading/with-phrases.ts';
import { dateJumpId } from './day-line.tsx';
import type { Target } from './jump.ts';

const DateChoices = later(withPhrases(async () => (await import('./date-choices.tsx')).DateChoices));

/** Where to? It opens from the first moment on; what can be chosen loads when that is first asked for, and again where it failed. */
export function DateJump({ goTo }: { goTo(target: Target): void }) {
  const { messages } = usePhrases();
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <div
      ref={popover}
      id={dateJumpId}
      popover="auto"
      className="menu date-jump"
      role="dialog"
      aria-label={messages.jumpToDate}
      onBeforeToggle={(event) => {
        setOpen(event.newState === 'open');
        if (event.newState === 'open') place(event.currentTarget, (event.nativeEvent as ToggleEvent).source);
      }}
    >
      {open && (
        <DateChoices
          go={(time) => {
            popover.current?.hidePopover();
            goTo({ time });
          }}
        />
      )}
    </div>
  );
}

/** Below the line that was pressed; a browser that doesn't tell which one gets it where the pinned line is. */
function place(popover: HTMLElement, line: Element | null | undefined): void {
  const list = popover.closest('.message-list')?.getBoundingClientRect();
  if (!list) return;
  popover.style.top = `${(line?.getBoundingClientRect().bottom ?? list.top + 34) + 6}px`;
  popover.style.left = `${list.left + list.width / 2}px`;
}
