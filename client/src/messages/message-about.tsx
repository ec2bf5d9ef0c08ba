import type { Message } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { ForwardedLine } from './forwarded-line.tsx';
import { useMessageActions } from './message-actions.ts';
import { QuoteLine } from './quote-line.tsx';
import './kept-messages.css';

/** Above a message's text: what it answers, whose words it has, and that it is pinned or saved. */
export function MessageAbout({ message }: { message: Message }) {
  const { messages } = usePhrases();
  const { kept } = useMessageActions();
  return (
    <>
      {kept.pinned.has(message.id) && (
        <span className="forwarded-line">
          <Icon name="pin" />
          {messages.pinned}
        </span>
      )}
      {kept.saved.has(message.id) && (
        <span className="forwarded-line">
          <Icon name="bookmark" />
          {messages.saved}
        </span>
      )}
      {message.forwarded && <ForwardedLine forwarded={message.forwarded} />}
      {message.quotes !== undefined && <QuoteLine channel={message.channel} message={message.quotes} />}
    </>
  );
}
