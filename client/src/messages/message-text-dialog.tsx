import type { Message } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { MessageText } from './message-text.tsx';

/** A message's text where a finger that is held selects words, as everywhere but in the conversation. */
export function MessageTextDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const { actions, messages } = usePhrases();
  return (
    <Dialog title={messages.selectText} closeLabel={actions.close} onClose={onClose}>
      <MessageText text={message.text} mentions={message.mentions} />
    </Dialog>
  );
}
