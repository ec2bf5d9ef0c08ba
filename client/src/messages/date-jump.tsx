import { useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { startOfDay } from '../language/formats.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { dateJumpId, isoDay } from './day-line.tsx';
import type { Target } from './jump.ts';

/** Where to? A day by its date, or one of those that people ask for most. */
export function DateJump({ goTo }: { goTo(target: Target): void }) {
  const { dateJump } = usePhrases();
  const popover = useRef<HTMLFormElement>(null);
  const [date, setDate] = useState('');
  const go = (time: number) => {
    popover.current?.hidePopover();
    goTo({ time });
  };
  const daysAgo = (days: number) => {
    const day = new Date(startOfDay(Date.now()));
    day.setDate(day.getDate() - days);
    return day.getTime();
  };
  return (
    <form
      ref={popover}
      id={dateJumpId}
      popover="auto"
      className="menu date-jump"
      role="dialog"
      aria-label={dateJump.title}
      onBeforeToggle={(event) => {
        if (event.newState === 'open') place(event.currentTarget, (event.nativeEvent as ToggleEvent).source);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
        if (date !== '') go(new Date(year, month - 1, day).getTime());
      }}
    >
      <button type="button" onClick={() => go(daysAgo(0))}>
        {dateJump.today}
      </button>
      <button type="button" onClick={() => go(daysAgo(1))}>
        {dateJump.yesterday}
      </button>
      <button type="button" onClick={() => go(daysAgo(7))}>
        {dateJump.lastWeek}
      </button>
      <button type="button" onClick={() => go(daysAgo(30))}>
        {dateJump.lastMonth}
      </button>
      <button type="button" onClick={() => go(0)}>
        {dateJump.beginning}
      </button>
      <div className="date-jump-choice">
        <label>
          <span>{dateJump.date}</span>
          <input
            className="input"
            type="date"
            max={isoDay(Date.now())}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </label>
        <Button type="submit" size="small" disabled={date === ''}>
          {dateJump.go}
        </Button>
      </div>
    </form>
  );
}

/** Below the line that was pressed; a browser that doesn't tell which one gets it where the pinned line is. */
function place(popover: HTMLElement, line: Element | null | undefined): void {
  const list = popover.closest('.message-list')?.getBoundingClientRect();
  if (!list) return;
  popover.style.top = `${(line?.getBoundingClientRect().bottom ?? list.top + 34) + 6}px`;
  popover.style.left = `${list.left + list.width / 2}px`;
}
