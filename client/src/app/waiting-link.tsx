import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useWaitingCount } from './waiting-count.ts';

/** The way to what hasn't been sent, for as long as there is any: in the sidebar, and beside the word of a lost connection. */
export function WaitingLink({ inBanner = false, onOpen }: { inBanner?: boolean; onOpen(): void }) {
  const { messages } = usePhrases();
  const count = useWaitingCount();
  if (count === 0) return null;
  if (inBanner)
    return (
      <Button size="small" onClick={onOpen}>
        {messages.waiting(count)}
      </Button>
    );
  return (
    <button type="button" onClick={onOpen}>
      <Icon name="clock" />
      {messages.waiting(count)}
    </button>
  );
}
