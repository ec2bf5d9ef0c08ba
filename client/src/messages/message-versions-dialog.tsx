import { useEffect, useState } from 'react';
import type { Message, MessageVersions } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Mark } from '../design/mark.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

type MessageVersionsDialogProps = {
  message: Message;
  read(message: number): Promise<MessageVersions>;
  onClose(): void;
};

/** What a message said, from now back to how it was first sent. */
export function MessageVersionsDialog({ message, read, onClose }: MessageVersionsDialogProps) {
  const { actions, messages } = usePhrases();
  const formats = useFormats();
  const explain = useExplain();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ kind: 'loading' } | { kind: 'failed'; why: unknown } | Loaded>(loading);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks anew
  useEffect(() => {
    let wanted = true;
    setState(loading);
    read(message.id).then(
      ({ versions }) => wanted && setState({ kind: 'loaded', versions }),
      (why) => wanted && setState({ kind: 'failed', why }),
    );
    return () => {
      wanted = false;
    };
  }, [read, message.id, attempt]);

  return (
    <Dialog title={messages.versions} closeLabel={actions.close} onClose={onClose}>
      {state.kind === 'loading' && <Mark turning />}
      {state.kind === 'failed' && (
        <>
          <p className="fault" role="alert">
            {explain(state.why)}
          </p>
          <Button onClick={() => setAttempt(attempt + 1)}>{actions.retry}</Button>
        </>
      )}
      {state.kind === 'loaded' && (
        <ol className="message-versions">
          {[...state.versions, { text: message.text, at: message.editedAt ?? message.at }]
            .reverse()
            .map(({ text, at }) => (
              <li key={at}>
                <time dateTime={new Date(at).toISOString()}>{formats.moment(at)}</time>
                <blockquote className="message-quoted" dir="auto">
                  {text}
                </blockquote>
              </li>
            ))}
        </ol>
      )}
    </Dialog>
  );
}

type Loaded = { kind: 'loaded'; versions: MessageVersions['versions'] };
const loading = { kind: 'loading' } as const;
