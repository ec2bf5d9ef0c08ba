import { useEffect, useRef, useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

type DeleteMessageProps = { message: Message; remove(message: Message): Promise<unknown>; onClose(): void };

/** Nothing brings it back, so one is asked; Enter deletes, Esc doesn't. */
export function DeleteMessage({ message, remove, onClose }: DeleteMessageProps) {
  const { actions, messageDialogs } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const answer = useRef<HTMLButtonElement>(null);
  useEffect(() => answer.current?.focus(), []);
  const submit = async () => {
    setBusy(true);
    try {
      await remove(message);
      onClose();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={messageDialogs.deleteTitle} closeLabel={actions.close} onClose={onClose}>
      <blockquote className="message-quoted" dir="auto">
        {message.text}
        {message.attachments && <FilesMark files={message.attachments} />}
      </blockquote>
      <p>{messageDialogs.deleteText}</p>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button ref={answer} kind="danger" busy={busy} onClick={() => void submit()}>
          {actions.delete}
        </Button>
      </div>
    </Dialog>
  );
}
