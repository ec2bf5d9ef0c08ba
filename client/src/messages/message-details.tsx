import { useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useExactMoment } from '../language/use-exact-moment.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { type MessageCalls, useMessageActions } from './message-actions.ts';
import { ReplayDialog } from './replay/replay-dialog.tsx';

type MessageDetailsProps = {
  message: Message;
  calls: Pick<MessageCalls, 'arrival' | 'stretch'>;
  onClose(): void;
};

/** Who wrote a message, and where it came from: proof of which replica took it, of its place in the log, and of its way to this page. */
export function MessageDetails({ message, calls, onClose }: MessageDetailsProps) {
  const { actions, messages, provenance, proven } = useMorePhrases();
  const formats = useFormats();
  const moment = useExactMoment();
  const { nameOf } = useMessageActions();
  const [replaying, setReplaying] = useState(false);
  const { replica, at, answeredAfterMs } = calls.arrival(message.id) ?? {};
  if (replaying)
    return <ReplayDialog load={(after) => calls.stretch(message.channel, after)} from={message.id} onClose={onClose} />;
  return (
    <Dialog title={messages.details} closeLabel={actions.close} onClose={onClose}>
      <dl className="message-details">
        <dt>{provenance.author}</dt>
        <dd>
          <button type="button" className="name-button" data-person={message.author}>
            <bdi>{nameOf(message.author)}</bdi>
          </button>
        </dd>
        <dt>{provenance.acceptedBy}</dt>
        <dd>{message.replica}</dd>
        <dt>{provenance.position}</dt>
        <dd>#{message.id}</dd>
        <dt>{provenance.committedAt}</dt>
        <dd>{moment(message.at)}</dd>
        {answeredAfterMs !== undefined && (
          <>
            <dt>{provenance.answeredAfter}</dt>
            <dd>{proven.milliseconds(formats.number(answeredAfterMs))}</dd>
          </>
        )}
        <dt>{provenance.deliveredBy}</dt>
        <dd>{replica ?? provenance.withHistory}</dd>
        {at !== undefined && (
          <>
            <dt>{provenance.arrivedAt}</dt>
            <dd>{moment(at)}</dd>
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
      <div className="dialog-actions">
        <Button onClick={() => setReplaying(true)}>{provenance.replay}</Button>
      </div>
    </Dialog>
  );
}
