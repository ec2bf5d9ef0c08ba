import { useRef, useState } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import { messageTextLimit } from '../../../shared/limits.ts';
import type { JoinedChannel, Message } from '../../../shared/protocol.ts';
import { foldName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault, Field } from '../design/field.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { useExplain } from '../wire/use-explain.ts';
import './kept-messages.css';

type ForwardMessageProps = {
  message: Message;
  channels: readonly JoinedChannel[];
  forward(channel: number, clientId: string): Promise<unknown>;
  /** Says something of one's own below it. */
  comment(channel: number, text: string): void;
  onClose(): void;
};

/** Passes a message on to other channels or people, with the name of who wrote it and a word of one's own. */
export function ForwardMessage({ message, channels, forward, comment, onClose }: ForwardMessageProps) {
  const { actions, messages, messageDialogs } = useMorePhrases();
  const explain = useExplain();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  // One id a channel: pressed again where no answer came, it still arrives once.
  const ids = useRef(new Map<number, string>());
  const fitting = channels.filter(({ name, archived }) => !archived && foldName(name).includes(foldName(search)));

  const send = async () => {
    setFault(undefined);
    setBusy(true);
    try {
      for (const channel of chosen) {
        const id = ids.current.get(channel) ?? mintClientId();
        ids.current.set(channel, id);
        await forward(channel, id);
        if (words.trim() !== '') comment(channel, words.trim());
        // Where a later one is refused, this one isn't sent again.
        setChosen((left) => left.filter((one) => one !== channel));
      }
      onClose();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={messageDialogs.forwardTitle} closeLabel={actions.close} onClose={onClose}>
      <blockquote className="message-quoted" dir="auto">
        {message.text}
        {message.attachments && <FilesMark files={message.attachments} />}
      </blockquote>
      <Field label={messageDialogs.forwardTo} value={search} onChange={(event) => setSearch(event.target.value)} />
      <ul className="destinations">
        {fitting.slice(0, 50).map(({ id, ...channel }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              />
              <bdi>{placeName(channel)}</bdi>
            </label>
          </li>
        ))}
      </ul>
      {fitting.length === 0 && <p className="dialog-note">{messageDialogs.noneToForwardTo}</p>}
      <Field
        label={messageDialogs.forwardWords}
        maxLength={messageTextLimit}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Fault>{fault}</Fault>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button kind="primary" disabled={chosen.length === 0} busy={busy} onClick={() => void send()}>
          {messages.send}
        </Button>
      </div>
    </Dialog>
  );
}
