import type { KeyboardEvent } from 'react';

/**
 * In the conversation, the up and down arrows go from one message to the next; from outside the rows, to the last one.
 * Left and right go along the names in a message, which Tab passes over, and Enter opens one.
 */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const from = event.target as HTMLElement;
  if ((event.key === 'Enter' || event.key === ' ') && from.matches('.mention')) {
    event.preventDefault();
    from.click();
    return;
  }
  const next = nextRow(event, from) ?? nextName(event, from);
  if (next === undefined) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function nextRow({ key, currentTarget }: KeyboardEvent<HTMLElement>, from: HTMLElement): HTMLElement | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step === undefined || !from.matches(`[data-row], [role="log"], ${names}`)) return undefined;
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-row][tabindex]')];
  const at = rows.indexOf(from.closest('[data-row]') as HTMLElement);
  return at === -1 ? rows.findLast(isInView) : rows[at + step];
}

const names = '.message-author, .mention[data-person]';

/** Before the first one is the message itself. */
function nextName({ key }: KeyboardEvent<HTMLElement>, from: HTMLElement): HTMLElement | undefined {
  const row = from.matches(`[data-row], ${names}`) && from.closest<HTMLElement>('[data-row]');
  if (!row || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return undefined;
  const forward = (key === 'ArrowRight') === (getComputedStyle(row).direction === 'ltr');
  const stops = [row, ...row.querySelectorAll<HTMLElement>(names)];
  return stops[stops.indexOf(from) + (forward ? 1 : -1)];
}

function isInView(row: Element): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
