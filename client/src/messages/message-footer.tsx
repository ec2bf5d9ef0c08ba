import type { Message } from '../../../shared/protocol.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';
import { ReactionChips } from './reaction-chips.tsx';

/** What belongs to a message beside its text. */
export function MessageFooter({ message }: { message: Message }) {
  const { messages } = usePhrases();
  const { open } = useMessageActions();
  return (
    <>
      {message.editedAt !== undefined && (
        <button type="button" className="message-edited" onClick={() => open({ kind: 'versions', message })}>
          {messages.edited}
        </button>
      )}
      <ReactionChips message={message} />
    </>
  );
}
