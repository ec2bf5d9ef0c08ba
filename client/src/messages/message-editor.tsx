import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { messageTextLimit } from '../../../shared/limits.ts';
import type { Message } from '../../../shared/protocol.ts';
import { faultInMessage } from '../../../shared/text-rules.ts';
import { CompletionMenu } from '../completion/completion-menu.tsx';
import { useCompletion } from '../completion/use-completion.ts';
import { Button } from '../design/button.tsx';
import { useShortcodes } from '../emoji/use-shortcodes.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { formatByKey, linkByPaste } from '../markdown/writing-keys.ts';
import { useExplain } from '../wire/use-explain.ts';
import { useMessageActions } from './message-actions.ts';

/** In the place of the message's text. Enter saves, Esc leaves it as it was; emptied, it asks whether to delete. */
export function MessageEditor({ message }: { message: Message }) {
  const { calls, editing, open } = useMessageActions();
  const phrases = usePhrases();
  const formats = useFormats();
  const explain = useExplain();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(message.text);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const completion = useCompletion(area, text);
  const withEmoji = useShortcodes(area, text);
  const close = () => editing.set(undefined);

  useEffect(() => {
    const before = document.activeElement;
    const element = area.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
    element?.form?.scrollIntoView({ block: 'nearest' }); // with its buttons: a touch keyboard has no other way to save
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows the text
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  const save = async () => {
    const ready = withEmoji(text.trimEnd());
    const found = faultInMessage(ready);
    if (found === 'empty' && !message.attachments?.length) return open({ kind: 'delete', message });
    if (found === 'too-long')
      return setFault(phrases.messages.tooLongBy(ready.length - messageTextLimit, formats.number(messageTextLimit)));
    if (found === 'not-text') return setFault(phrases.messages.notText);
    if (ready === message.text) return close();
    setBusy(true);
    try {
      await calls.edit(message, ready);
      close();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };

  return (
    <form
      className="message-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <CompletionMenu {...completion.menu} />
      <textarea
        {...completion.areaProps}
        ref={area}
        className="input"
        dir="auto"
        rows={1}
        aria-label={phrases.messages.editLabel}
        aria-invalid={Boolean(fault)}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setFault(undefined);
        }}
        onSelect={completion.onSelect}
        onBlur={completion.onBlur}
        onPaste={linkByPaste}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (completion.onKeyDown(event) || formatByKey(event)) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            close();
          }
          if (event.key !== 'Enter' || event.shiftKey || event.altKey || breaksLines()) return;
          event.preventDefault();
          void save();
        }}
      />
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <div>
        <Button kind="primary" size="small" type="submit" busy={busy}>
          {phrases.actions.saveChanges}
        </Button>
        <Button size="small" onClick={close}>
          {phrases.actions.cancel}
        </Button>
      </div>
    </form>
  );
}

/** On a touch keyboard Enter breaks the line, and the button saves. */
function breaksLines(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}
