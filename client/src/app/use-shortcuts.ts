import { useEffect } from 'react';

type Shortcuts = {
  current: number | undefined;
  channels: readonly { id: number }[];
  browse(): void;
  goTo(channel: number): void;
};

/** Ctrl or Cmd with K finds a channel; Alt with an arrow goes to the next one in the list. */
export function useShortcuts({ current, channels, browse, goTo }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || document.querySelector('dialog[open]') !== null) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        browse();
      }
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const next = channels[channels.findIndex(({ id }) => id === current) + step];
      if (next !== undefined) goTo(next.id);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}
