import { useEffect, useRef } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

type ConfirmManyProps = {
  channelName: string;
  /** How many are in the channel; undefined where that couldn't be asked. */
  people: number | undefined;
  send(): void;
  onClose(): void;
};

/** Asked before one message calls a crowd. */
export function ConfirmMany({ channelName, people, send, onClose }: ConfirmManyProps) {
  const { actions, messages, mentionList } = useMorePhrases();
  const answer = useRef<HTMLButtonElement>(null);
  useEffect(() => answer.current?.focus(), []);
  return (
    <Dialog title={mentionList.manyTitle(channelName)} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{people === undefined ? mentionList.manyUnknown : mentionList.many(people)}</p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button ref={answer} kind="primary" onClick={send}>
          {messages.send}
        </Button>
      </div>
    </Dialog>
  );
}
