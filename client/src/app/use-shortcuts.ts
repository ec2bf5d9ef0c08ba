import { useEffect } from 'react';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { nextChannel } from '../channels/next-channel.ts';

type Shortcuts = {
  current: number | undefined;
  /** In the order of the sidebar. */
  channels: readonly JoinedChannel[];
  switcher(): void;
  search(): void;
  help(): void;
  markAllRead(): void;
  goTo(channel: number): void;
};

/**
 * Ctrl or Cmd with K goes anywhere, with Shift and F it searches messages; Alt with an arrow goes to the next one in the list, with Shift to the next
 * unread; Shift with Esc marks all as read; ? lists them all.
 */
export function useShortcuts({ current, channels, switcher, search, help, markAllRead, goTo }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || document.querySelector('dialog[open]') !== null) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        switcher();
      }
      if ((event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey && event.key.toLowerCase() === 'f') {
        event.preventDefault();
        search();
      }
      if (event.key === 'Escape' && event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        markAllRead();
      }
      if (asksForHelp(event)) {
        // Else the letter would go to the composer.
        event.preventDefault();
        help();
      }
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const next = nextChannel(channels, current, step, event.shiftKey);
      if (next !== undefined) goTo(next);
    };
    addEventListener('keydown', onKeyDown, true);
    return () => removeEventListener('keydown', onKeyDown, true);
  });
}

/** A question mark where nothing is being written; with Ctrl or Cmd the slash below it does anywhere. */
function asksForHelp({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (key === '/' && (ctrlKey || metaKey)) return true;
  const writes = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
  return key === '?' && !ctrlKey && !metaKey && !altKey && !writes;
}
