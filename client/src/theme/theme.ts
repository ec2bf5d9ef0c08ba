import { type Cell, createCell } from '../cell.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'ronda.theme';

/** `public/head-start.js` has put the stored one on `<html>` before the first paint. */
export const chosenTheme: Cell<Theme> = createCell(
  themes.find((theme) => theme === document.documentElement.dataset.theme) ?? 'system',
);

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Then it holds for this page.
  }
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  chosenTheme.set(theme);
}

/** Keeps the browser's own frame in the colour of the page. */
export function keepFrameColour(): void {
  const show = () => {
    const colour = getComputedStyle(document.documentElement).getPropertyValue('background-color');
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', colour);
  };
  show();
  chosenTheme.subscribe(show);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
}
