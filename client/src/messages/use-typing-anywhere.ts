import { type RefObject, useEffect, useRef } from 'react';

/** Of the panes that one writes in, the one that was pressed or entered last. */
let touched: Element | null = null;

for (const type of ['pointerdown', 'focusin'] as const)
  addEventListener(
    type,
    ({ target }) => {
      const pane = target instanceof Element && target.closest('main, .thread-pane');
      if (pane) touched = pane;
    },
    true,
  );

/**
 * A letter typed while nothing that takes letters has the focus goes to the composer, the thread's if the thread was
 * touched last; so does a paste, files too.
 */
export function useTypingAnywhere(
  area: RefObject<HTMLTextAreaElement | null>,
  inThread: boolean,
  pasteFiles: (data: DataTransfer) => boolean,
): void {
  const paste = useRef(pasteFiles);
  paste.current = pasteFiles;
  useEffect(() => {
    const isOurs = () => inThread === Boolean(touched?.isConnected && touched.matches('.thread-pane'));
    const isFree = (target: EventTarget | null) =>
      isOurs() &&
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
  }, [area, inThread]);
}
