import type { Message } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';

const quick = ['👍', '❤️', '😂', '🎉', '😮', '🙏'];

type QuickReactionsProps = { message: Message; count: number; onDone(): void };

/** The most used ones at once, and the rest behind the picker. */
export function QuickReactions({ message, count, onDone }: QuickReactionsProps) {
  const { messages } = usePhrases();
  const { react, pickEmoji } = useMessageActions();
  return (
    <>
      {quick.slice(0, count).map((emoji) => (
        <button
          key={emoji}
          type="button"
          className="quick-reaction"
          aria-label={messages.reactWith(emoji)}
          onClick={() => {
            react(message, emoji);
            onDone();
          }}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        className="quick-reaction"
        aria-label={messages.react}
        title={messages.react}
        onClick={async ({ currentTarget }) => {
          const emoji = await pickEmoji(currentTarget);
          if (emoji !== undefined) react(message, emoji);
          onDone();
        }}
      >
        <Icon name="smile" />
      </button>
    </>
  );
}
