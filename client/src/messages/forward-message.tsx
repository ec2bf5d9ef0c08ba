import { useRef, useState } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import type { JoinedChannel, Message } from '../../../shared/protocol.ts';
import { foldName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field } from '../design/field.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { useExplain } from '../wire/use-explain.ts';
import './kept-messages.css';

type ForwardMessageProps = {
  message: Message;
  channels: readonly JoinedChannel[];
  forward(channel: number, clientId: string): Promise<unknown>;
  onClose(): void;
};

/** Passes a message on to another channel or person, with the name of who wrote it. */
export function ForwardMessage({ message, channels, forward, onClose }: ForwardMessageProps) {
  const { actions, messages, messageDialogs } = useMorePhrases();
  const explain = useExplain();
  const [search, setSearch] = useState('');
  const [sent, setSent] = useState<ReadonlySet<number>>(new Set());
  const [fault, setFault] = useState<string>();
  // One id a channel: pressed again where no answer came, it still arrives once.
  const ids = useRef(new Map<number, string>());
  const fitting = channels.filter(({ name, archived }) => !archived && foldName(name).includes(foldName(search)));

  const send = async (channel: number) => {
    const id = ids.current.get(channel) ?? mintClientId();
    ids.current.set(channel, id);
    setFault(undefined);
    try {
      await forward(channel, id);
      setSent((before) => new Set(before).add(channel));
    } catch (error) {
      setFault(explain(error));
    }
  };

  return (
    <Dialog title={messageDialogs.forwardTitle} closeLabel={actions.close} onClose={onClose}>
      <blockquote className="message-quoted" dir="auto">
        {message.text}
        {message.attachments && <FilesMark files={message.attachments} />}
      </blockquote>
      <Field label={messageDialogs.forwardTo} value={search} onChange={(event) => setSearch(event.target.value)} />
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <ul className="destinations">
        {fitting.slice(0, 50).map((channel) => (
          <li key={channel.id}>
            <bdi>{placeName(channel)}</bdi>
            {sent.has(channel.id) ? (
              <span className="forwarded-to" role="status">
                {messageDialogs.forwardedTo}
              </span>
            ) : (
              <Button
                size="small"
                aria-label={messageDialogs.forwardNamed(placeName(channel))}
                onClick={() => void send(channel.id)}
              >
                {messages.forward}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {fitting.length === 0 && <p className="dialog-note">{messageDialogs.noneToForwardTo}</p>}
    </Dialog>
  );
}
