import type { KeyboardEvent } from 'react';

/** In the conversation, the up and down arrows go from one message to the next; from outside the rows, to the last one. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const from = event.target as Element;
  if (!from.matches('[data-row], [role="log"]')) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row][tabindex]')];
  const at = rows.indexOf(from as HTMLElement);
  const next = at === -1 ? rows.findLast(isInView) : rows[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function isInView(row: Element): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
