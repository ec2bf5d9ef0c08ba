import type { Message } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { useExactMoment } from '../language/use-exact-moment.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import type { MessageCalls } from './message-actions.ts';

type MessageDetailsProps = { message: Message; arrival: ReturnType<MessageCalls['arrival']>; onClose(): void };

/** Where a message came from: proof of which replica took it, of its place in the log, and of its way to this page. */
export function MessageDetails({ message, arrival, onClose }: MessageDetailsProps) {
  const { actions, messages, provenance } = useMorePhrases();
  const moment = useExactMoment();
  return (
    <Dialog title={messages.details} closeLabel={actions.close} onClose={onClose}>
      <dl className="message-details">
        <dt>{provenance.acceptedBy}</dt>
        <dd>{message.replica}</dd>
        <dt>{provenance.position}</dt>
        <dd>#{message.id}</dd>
        <dt>{provenance.committedAt}</dt>
        <dd>{moment(message.at)}</dd>
        <dt>{provenance.deliveredBy}</dt>
        <dd>{arrival?.replica ?? provenance.withHistory}</dd>
        {arrival && (
          <>
            <dt>{provenance.arrivedAt}</dt>
            <dd>{moment(arrival.at)}</dd>
          </>
        )}
        {message.editedAt !== undefined && (
          <>
            <dt>{provenance.lastEdited}</dt>
            <dd>{moment(message.editedAt)}</dd>
          </>
        )}
      </dl>
      <p className="message-details-why">{provenance.explanation}</p>
    </Dialog>
  );
}
