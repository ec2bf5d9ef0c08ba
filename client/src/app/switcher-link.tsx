import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';

/** In the sidebar, the way to anywhere, for those who don't know its keys. */
export function SwitcherLink({ onOpen }: { onOpen(): void }) {
  const { workspace } = usePhrases();
  return (
    <button type="button" title="Ctrl+K" aria-keyshortcuts="Control+K Meta+K" onClick={onOpen}>
      <Icon name="go" />
      {workspace.switcher}
    </button>
  );
}
