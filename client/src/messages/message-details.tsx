import type { Message } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';

/** Where a message came from: proof of which replica took it, and of its place in the log. */
export function MessageDetails({ message, onClose }: { message: Message; onClose(): void }) {
  const { actions, messages, messageDialogs } = useMorePhrases();
  const formats = useFormats();
  return (
    <Dialog title={messages.details} closeLabel={actions.close} onClose={onClose}>
      <dl className="message-details">
        <dt>{messageDialogs.acceptedBy}</dt>
        <dd>{message.replica}</dd>
        <dt>{messageDialogs.position}</dt>
        <dd>#{message.id}</dd>
        <dt>{messageDialogs.acceptedAt}</dt>
        <dd>{formats.moment(message.at)}</dd>
        {message.editedAt !== undefined && (
          <>
            <dt>{messageDialogs.lastEdited}</dt>
            <dd>{formats.moment(message.editedAt)}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
