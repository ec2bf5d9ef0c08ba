import type { Message } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';

/** Below a message that has replies: who replied last, how many there are, and the way to them. */
export function ThreadSummary({ message }: { message: Message }) {
  const { threads } = usePhrases();
  const formats = useFormats();
  const { personOf, nameOf, openThread } = useMessageActions();
  const { replies } = message;
  if (openThread === undefined || replies === undefined || replies.count === 0) return null;
  return (
    <button type="button" className="thread-summary" onClick={() => openThread(message.id)}>
      <span className="thread-people">
        {replies.members.map((member) => (
          <Avatar key={member} id={member} name={nameOf(member)} picture={personOf(member)?.avatar} />
        ))}
      </span>
      <strong>{threads.replies(replies.count)}</strong>
      <span>{threads.lastReply(formats.time(replies.lastAt))}</span>
    </button>
  );
}
