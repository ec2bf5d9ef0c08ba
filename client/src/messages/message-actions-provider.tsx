import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import type { Cell } from '../cell.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { useExplain } from '../wire/use-explain.ts';
import {
  type MessageActions,
  MessageActionsContext,
  type MessageCalls,
  type MessageDialog,
  type PickEmoji,
} from './message-actions.ts';
import '../design/dialog.css';
import './message-actions.css';

const DeleteMessage = laterDialog(async () => (await import('./delete-message.tsx')).DeleteMessage);
const MessageDetails = laterDialog(async () => (await import('./message-details.tsx')).MessageDetails);
const MessageTextDialog = laterDialog(async () => (await import('./message-text-dialog.tsx')).MessageTextDialog);
const MessageVersionsDialog = laterDialog(
  async () => (await import('./message-versions-dialog.tsx')).MessageVersionsDialog,
);

const saidForMs = 6_000;

type MessageActionsProviderProps = {
  me: Person;
  calls: MessageCalls;
  editing: Cell<number | undefined>;
  personOf(member: number): Person | undefined;
  pickEmoji: PickEmoji;
  openThread?: ((root: number) => void) | undefined;
} & Pick<MessageActions, 'quoting' | 'kept' | 'queryMessage' | 'forward'> & {
    children: ReactNode;
  };

/** What can be done with a message, for all the rows inside, and the dialogs that it opens. */
export function MessageActionsProvider(props: MessageActionsProviderProps) {
  const { me, calls, editing, personOf, pickEmoji, openThread, children } = props;
  const { quoting, kept, queryMessage, forward } = props;
  const latestExplain = useExplain();
  const explain = useRef(latestExplain);
  explain.current = latestExplain;
  const { actions, messages } = usePhrases();
  const [dialog, setDialog] = useState<MessageDialog>();
  const [said, setSaid] = useState<{ sentence: string }>();
  const nameOf = useCallback((member: number) => personOf(member)?.name ?? messages.someone, [personOf, messages]);
  const close = () => setDialog(undefined);
  const say = useCallback((sentence: string) => setSaid({ sentence }), []);

  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), saidForMs);
    return () => clearTimeout(timer);
  }, [said]);

  const value = useMemo<MessageActions>(
    () => ({
      ...{ me, calls, personOf, nameOf, editing, say, pickEmoji, openThread, quoting, kept, queryMessage, forward },
      open: setDialog,
      react(message, emoji) {
        const mine = message.reactions?.some((one) => one.emoji === emoji && one.member === me.id) ?? false;
        calls.react(message, emoji, !mine).catch((error) => say(explain.current(error)));
      },
    }),
    [me, calls, personOf, nameOf, editing, say, pickEmoji, openThread, quoting, kept, queryMessage, forward],
  );

  return (
    <MessageActionsContext value={value}>
      {children}
      {dialog?.kind === 'delete' && <DeleteMessage message={dialog.message} remove={calls.remove} onClose={close} />}
      {dialog?.kind === 'versions' && (
        <MessageVersionsDialog message={dialog.message} read={calls.versions} onClose={close} />
      )}
      {dialog?.kind === 'details' && <MessageDetails message={dialog.message} calls={calls} onClose={close} />}
      {dialog?.kind === 'text' && <MessageTextDialog message={dialog.message} onClose={close} />}
      <div className="said" role="status">
        {said && (
          <button
            type="button"
            className="said-sentence"
            aria-label={`${said.sentence} ${actions.close}`}
            onClick={() => setSaid(undefined)}
          >
            {said.sentence}
          </button>
        )}
      </div>
    </MessageActionsContext>
  );
}
