import { type RefObject, useEffect } from 'react';
import { useCell } from '../cell.ts';
import { replaceInArea } from '../markdown/edit-area.ts';
import { loadEmoji, loadedEmoji } from './load-emoji.ts';

const begun = /:[\p{L}\p{N}_+-]{2,}/u;
const closed = /:[\p{L}\p{N}_+-]{2,50}:$/u;

/** Turns a shortcode into its emoji when its second colon is typed; what it returns turns those that were pasted. */
export function useShortcodes(area: RefObject<HTMLTextAreaElement | null>, text: string): (text: string) => string {
  const index = useCell(loadedEmoji);
  useEffect(() => {
    if (!begun.test(text)) return;
    if (index === undefined) return loadEmoji();
    // Not while the letter's own event still runs: the browser refuses another edit then.
    const timer = setTimeout(() => {
      if (area.current !== null && area.current === document.activeElement) replaceAtCaret(area.current, index.replace);
    });
    return () => clearTimeout(timer);
  }, [area, text, index]);
  return (written) => index?.replace(written) ?? written;
}

/** Who takes the emoji back wants the letters: what was replaced once stays. */
const replaced = new WeakMap<HTMLTextAreaElement, string>();

function replaceAtCaret(area: HTMLTextAreaElement, replace: (text: string) => string): void {
  const { value, selectionStart: caret } = area;
  const before = value.slice(0, caret);
  if (!closed.test(before) || replaced.get(area) === value) return;
  const after = replace(before);
  if (after === before) return;
  replaced.set(area, value);
  const start = commonStart(before, after);
  replaceInArea(area, { start, end: caret, text: after.slice(start) });
}

function commonStart(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}
