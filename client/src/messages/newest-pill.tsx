import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';

export function NewestPill({ count, onPress }: { count: number; onPress(): void }) {
  const { messages } = usePhrases();
  return (
    <button
      type="button"
      className="newest-pill"
      data-new={count > 0}
      aria-label={count > 0 ? undefined : messages.toNewest}
      onClick={onPress}
    >
      {count > 0 && messages.newMessages(count)}
      <Icon name="down" />
    </button>
  );
}
