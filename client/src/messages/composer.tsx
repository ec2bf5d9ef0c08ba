import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { messageTextLimit } from '../../../shared/limits.ts';
import { faultInMessage } from '../../../shared/text-rules.ts';
import { CompletionMenu } from '../completion/completion-menu.tsx';
import { useCompletion } from '../completion/use-completion.ts';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { later } from '../design/later.tsx';
import { pickEmoji } from '../emoji/pick-emoji.ts';
import { useShortcodes } from '../emoji/use-shortcodes.ts';
import { AttachButton } from '../files/attach-button.tsx';
import { ComposerFiles } from '../files/later-files.ts';
import type { WaitingFile } from '../files/upload.ts';
import { useFiles } from '../files/use-files.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { replaceInArea } from '../markdown/edit-area.ts';
import { useFormattingBar } from '../markdown/use-formatting-bar.ts';
import { formatByKey, linkByPaste } from '../markdown/writing-keys.ts';
import { draftChange, keepDraft, readDraft, typedAt, writingTime } from './drafts.ts';
import { useTypingAnywhere } from './use-typing-anywhere.ts';

const FormattingBar = later(() => import('../markdown/formatting-bar.tsx').then((module) => module.FormattingBar));

const counterFrom = 300;
const keepDelayMs = 250;
/** Then no script has to lay the page out at every letter. */
const sizesItself = CSS.supports('field-sizing', 'content');
/** More than this in one paste would freeze the page, and could never be sent. */
const pasteLimit = 25 * messageTextLimit;

type ComposerProps = {
  channel: number;
  /** Where it writes replies: to what. */
  thread?: number;
  label: string;
  /** Shown above the text. */
  above?: ReactNode;
  /** It takes the focus whenever this becomes another thing. */
  focusOn?: unknown;
  owner: string;
  /** A promise where the person is asked first: false if they think better of it, and the text stays. */
  send(text: string, files: readonly WaitingFile[]): Promise<boolean> | undefined;
  editLast(): void;
  /** Somebody writes here: called at every change of a text that isn't empty. */
  onTyping?(): void;
  /** What stands below, over the edge. */
  below?: ReactNode;
};

/** Give it the place's id as key: a draft belongs to one channel or thread. It is never disabled. */
export function Composer({
  channel,
  thread,
  label,
  above,
  focusOn,
  owner,
  send,
  editLast,
  onTyping,
  below,
}: ComposerProps) {
  const phrases = usePhrases();
  const formats = useFormats();
  const form = useRef<HTMLFormElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const place = thread === undefined ? `${channel}` : `${channel}.${thread}`;
  const [text, setText] = useState(() => readDraft(owner, place));
  const [refused, setRefused] = useState<string>();
  // Measuring a book that was pasted takes seconds; the style sheet bounds the height anyway.
  const isBook = text.length > 2 * messageTextLimit;
  const completion = useCompletion(area, text);
  const withEmoji = useShortcodes(area, text);
  const [barShown, toggleBar] = useFormattingBar();
  const files = useFiles(form, owner, place);
  useTypingAnywhere(area, thread !== undefined, files.paste);

  // Whoever opens a channel can write at once; on touch that would cover half of it with the keyboard.
  useEffect(() => {
    if (!breaksLines() && document.querySelector('dialog[open]') === null) area.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => keepDraft(owner, place, text), keepDelayMs);
    return () => clearTimeout(timer);
  }, [owner, place, text]);
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    const keep = () => keepDraft(owner, place, latest.current);
    addEventListener('pagehide', keep);
    return () => {
      removeEventListener('pagehide', keep);
      keep();
    };
  }, [owner, place]);

  // Written on another device, and nothing is being typed here.
  useEffect(
    () =>
      draftChange.subscribe(() => {
        const change = draftChange.get();
        if (change?.owner === owner && change.place === place && !change.byHand) setText(change.text);
      }),
    [owner, place],
  );

  useEffect(() => {
    if (focusOn !== undefined) area.current?.focus({ preventScroll: true });
  }, [focusOn]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written decides how high it is
  useLayoutEffect(() => {
    const element = area.current;
    if (!element || sizesItself) return;
    element.style.height = isBook ? '' : 'auto';
    if (!isBook) element.style.height = `${element.scrollHeight + 2}px`;
  }, [text, isBook]);

  const submit = () => {
    const ready = withEmoji(text.replace(/^\s*\n/u, '').trimEnd());
    const fault = faultInMessage(ready);
    setRefused(fault === 'not-text' ? phrases.messages.notText : undefined);
    const attached = files.toSend();
    if (attached === undefined) return;
    if (fault !== undefined && (fault !== 'empty' || attached.length === 0)) return;
    const clear = () => {
      setText('');
      files.sent(attached);
      keepDraft(owner, place, '');
      area.current?.focus();
    };
    const asked = send(ready, attached);
    if (asked === undefined) clear();
    else void asked.then((sent) => sent && clear());
  };

  // What would be cut where there is little room; its label says all of it.
  const short = matchMedia('(max-width: 40rem)').matches ? phrases.messages.composeShort : label;
  const placeholder = thread === undefined ? short : phrases.messages.reply;
  const left = messageTextLimit - text.trimEnd().length;
  const tooLongBy = (over: number) => phrases.messages.tooLongBy(over, formats.number(messageTextLimit));
  const fault = left < 0 ? tooLongBy(-left) : refused;

  return (
    <form
      ref={form}
      className="composer"
      data-faulty={Boolean(fault)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {fault && (
        <p className="composer-fault" role="alert" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      <CompletionMenu {...completion.menu} />
      {above}
      {(files.count > 0 || files.offered || files.target) && <ComposerFiles place={place} files={files} area={area} />}
      <div className="composer-box">
        {barShown && <FormattingBar area={area} />}
        <textarea
          {...completion.areaProps}
          ref={area}
          dir="auto"
          rows={1}
          data-book={isBook}
          aria-label={label}
          aria-invalid={Boolean(fault)}
          aria-describedby={fault ? `${id}-fault` : undefined}
          placeholder={placeholder}
          value={text}
          enterKeyHint={breaksLines() ? 'enter' : 'send'}
          onChange={(event) => {
            typedAt.set(`${owner}.${place}`, writingTime());
            setText(event.target.value);
            if (event.target.value.trim() !== '') onTyping?.();
            setRefused(undefined);
          }}
          onSelect={completion.onSelect}
          onBlur={completion.onBlur}
          onPaste={(event) => {
            if (linkByPaste(event)) return;
            if (files.paste(event.clipboardData)) return event.preventDefault();
            const { length } = event.clipboardData.getData('text/plain');
            if (length <= pasteLimit) return;
            event.preventDefault();
            setRefused(tooLongBy(text.length + length - messageTextLimit));
          }}
          onKeyDown={(event) => {
            if (completion.onKeyDown(event) || formatByKey(event)) return;
            if (event.key === 'ArrowUp' && text === '' && !event.shiftKey && !event.altKey) {
              event.preventDefault();
              editLast();
            }
            if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
            if (event.nativeEvent.isComposing || event.keyCode === 229 || breaksLines()) return;
            event.preventDefault();
            submit();
          }}
        />
        {left >= 0 && left <= counterFrom && (
          <span className="composer-counter" role="status">
            {phrases.messages.charactersLeft(left)}
          </span>
        )}
        <AttachButton add={files.add} />
        <IconButton
          icon="format"
          label={phrases.formatting.title}
          aria-pressed={barShown}
          onPointerDown={(event) => event.preventDefault()}
          onClick={toggleBar}
        />
        <span className="composer-emoji">
          <IconButton
            icon="smile"
            label={phrases.messages.insertEmoji}
            onClick={async ({ currentTarget }) => {
              const emoji = await pickEmoji(currentTarget);
              const element = area.current;
              if (emoji === undefined || element === null) return;
              replaceInArea(element, { start: element.selectionStart, end: element.selectionEnd, text: emoji });
            }}
          />
        </span>
        <button
          type="submit"
          className="composer-send"
          aria-label={phrases.messages.send}
          title={breaksLines() ? undefined : phrases.messages.hint}
          data-ready={(text.trim() !== '' || files.count > 0) && left >= 0}
        >
          <Icon name="send" />
        </button>
      </div>
      {below}
    </form>
  );
}

/** On a touch keyboard Enter breaks the line, and the button sends. */
function breaksLines(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}
