import type { ClipboardEvent, KeyboardEvent } from 'react';
import { replaceInArea } from './edit-area.ts';
import { type Format, formatted, linkPasted } from './format-text.ts';

const formats: Readonly<Record<string, Format>> = { b: 'bold', i: 'italic', e: 'code' };

/** Ctrl or Cmd with B, I, E, or Shift and X; true where the key was one of these. */
export function formatByKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.nativeEvent.isComposing) return false;
  const key = event.key.toLowerCase();
  const format = event.shiftKey ? (key === 'x' ? 'strike' : undefined) : formats[key];
  if (format === undefined) return false;
  event.preventDefault();
  setFormat(event.currentTarget, format);
  return true;
}

export function setFormat(area: HTMLTextAreaElement, format: Format): void {
  replaceInArea(area, formatted(area.value, area.selectionStart, area.selectionEnd, format));
}

/** True where what was pasted became the address of the words that were selected. */
export function linkByPaste(event: ClipboardEvent<HTMLTextAreaElement>): boolean {
  const area = event.currentTarget;
  const pasted = event.clipboardData.getData('text/plain');
  const edit = linkPasted(area.value, area.selectionStart, area.selectionEnd, pasted);
  if (edit === undefined) return false;
  event.preventDefault();
  replaceInArea(area, edit);
  return true;
}
