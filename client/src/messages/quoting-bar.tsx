import type { Message } from '../../../shared/protocol.ts';
import { IconButton } from '../design/button.tsx';
import { FilesMark } from '../files/later-files.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';

/** Above the composer: what the next message answers. */
export function QuotingBar({ message }: { message: Message }) {
  const { messages } = usePhrases();
  const { nameOf, quoting } = useMessageActions();
  return (
    <div className="quoting-bar">
      <p>
        <strong>{messages.replyingTo(nameOf(message.author))}</strong>
        <span dir="auto">{message.text.slice(0, 200)}</span>
        {message.attachments && <FilesMark files={message.attachments} />}
      </p>
      <IconButton icon="close" label={messages.dontReply} onClick={() => quoting?.set(undefined)} />
    </div>
  );
}
