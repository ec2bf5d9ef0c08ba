import { useEffect, useRef } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';

type DeleteMessageProps = { message: Message; remove(message: Message): Promise<unknown>; onClose(): void };

/** Nothing brings it back, so one is asked; Enter deletes, Esc doesn't. */
export function DeleteMessage({ message, remove, onClose }: DeleteMessageProps) {
  const { actions, messageDialogs } = useMorePhrases();
  const { busy, fault, run } = useDeed(onClose);
  const answer = useRef<HTMLButtonElement>(null);
  useEffect(() => answer.current?.focus(), []);
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
        <Button ref={answer} kind="danger" busy={busy} onClick={() => void run(() => remove(message))}>
          {actions.delete}
        </Button>
      </div>
    </Dialog>
  );
}
