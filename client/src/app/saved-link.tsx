import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';

/** In the sidebar, the way to what I saved. */
export function SavedLink({ onOpen }: { onOpen(): void }) {
  const { messages } = usePhrases();
  return (
    <button type="button" onClick={onOpen}>
      <Icon name="bookmark" />
      {messages.savedTitle}
    </button>
  );
}
