import type { Message } from '../../../shared/protocol.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { LinkPreviewCard } from './link-preview.tsx';
import { useMessageActions } from './message-actions.ts';
import { ReactionChips } from './reaction-chips.tsx';
import { ThreadSummary } from './thread-summary.tsx';
import './threads.css';

/** What belongs to a message beside its text. */
export function MessageFooter({ message }: { message: Message }) {
  const { messages, threads } = usePhrases();
  const { open, openThread } = useMessageActions();
  return (
    <>
      {message.thread !== undefined && openThread && (
        <button type="button" className="message-in-thread" onClick={() => openThread(message.thread ?? message.id)}>
          {threads.repliedInThread}
        </button>
      )}
      {message.editedAt !== undefined && (
        <button type="button" className="message-edited" onClick={() => open({ kind: 'versions', message })}>
          {messages.edited}
        </button>
      )}
      <LinkPreviewCard message={message} />
      <ReactionChips message={message} />
      <ThreadSummary message={message} />
    </>
  );
}
