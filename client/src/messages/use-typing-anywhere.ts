import { type RefObject, useEffect, useRef } from 'react';

/** A letter typed while nothing that takes letters has the focus goes to the composer; so does a paste, files too. */
export function useTypingAnywhere(
  area: RefObject<HTMLTextAreaElement | null>,
  wanted: boolean,
  pasteFiles: (data: DataTransfer) => boolean,
): void {
  const paste = useRef(pasteFiles);
  paste.current = pasteFiles;
  useEffect(() => {
    if (!wanted) return;
    const isFree = (target: EventTarget | null) =>
      !(target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog, [popover]'));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if ([...event.key].length !== 1 || event.key === ' ' || !isFree(event.target)) return;
      if (document.querySelector('dialog[open]') === null) area.current?.focus();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isFree(event.target) || document.querySelector('dialog[open]') !== null) return;
      area.current?.focus();
      if (event.clipboardData && paste.current(event.clipboardData)) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    addEventListener('paste', onPaste);
    return () => {
      removeEventListener('keydown', onKeyDown);
      removeEventListener('paste', onPaste);
    };
  }, [area, wanted]);
}
