import { createCell, useCell } from '../cell.ts';

const storageKey = 'ronda.formatting-bar';
const shown = createCell(stored());

/** Whether this device shows the bar, and what changes it. */
export function useFormattingBar(): [boolean, () => void] {
  return [useCell(shown), toggle];
}

function toggle(): void {
  shown.set(!shown.get());
  try {
    localStorage.setItem(storageKey, String(shown.get()));
  } catch {
    // Then it holds for this page.
  }
}

function stored(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'true';
  } catch {
    return false;
  }
}
