import type { Message } from '../../../shared/protocol.ts';
import { IconButton } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';
import { QuickReactions } from './quick-reactions.tsx';

type MessageToolbarProps = { message: Message; onMore(anchor: Element): void };

/** What is done most, at the row's corner. */
export function MessageToolbar({ message, onMore }: MessageToolbarProps) {
  const { messages, threads } = usePhrases();
  const { me, editing, openThread } = useMessageActions();
  return (
    <div className="message-toolbar" role="toolbar" aria-label={messages.menu}>
      <QuickReactions message={message} count={3} onDone={nothing} />
      {openThread && (
        <IconButton
          icon="thread"
          label={threads.replyInThread}
          onClick={() => openThread(message.thread ?? message.id)}
        />
      )}
      {message.author === me.id && (
        <IconButton icon="edit" label={messages.edit} onClick={() => editing.set(message.id)} />
      )}
      <IconButton icon="more" label={messages.more} onClick={({ currentTarget }) => onMore(currentTarget)} />
    </div>
  );
}

const nothing = () => undefined;
