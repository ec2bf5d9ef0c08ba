/** A replacement in a text, and what is selected afterwards (the caret behind it by default). */
export type TextEdit = { start: number; end: number; text: string; select?: [start: number, end: number] };

/** As if it were typed: the browser's own undo takes it back. */
export function replaceInArea(area: HTMLTextAreaElement, { start, end, text, select }: TextEdit): void {
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  const command = text === '' ? 'delete' : 'insertText';
  if (start !== end || text !== '') document.execCommand(command, false, text);
  if (select) area.setSelectionRange(...select);
}
