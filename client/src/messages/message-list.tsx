import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import type { Conversation } from './conversation.ts';
import { dayName } from './day-name.ts';
import { HistoryStart, type OlderState } from './history-start.tsx';
import { MessageItem } from './message-item.tsx';
import { firstUnread, heldAfter, messageRows } from './message-rows.ts';
import { bounded, extendedDown, extendedUp, newestWindow, openingWindow, rangeOf } from './message-window.ts';
import { moveBetweenRows } from './move-between-rows.ts';
import { NewestPill } from './newest-pill.tsx';
import type { Outbox } from './outbox.ts';
import { type Jump, ScrollKeeper, type ScrollPosition } from './scroll-keeper.tsx';
import type { OutboxActions } from './unsent-message.tsx';

const atEndWithin = 100;
const leavingEndMs = 150;

type MessageListProps = {
  channelName: string;
  conversation: Conversation;
  waiting: Outbox;
  me: Person;
  unreadLine: number | undefined;
  older: OlderState;
  loadOlder(): void;
  actions: OutboxActions;
  onAtEnd(atEnd: boolean): void;
};

/** Give it the channel's id as key: where one reads belongs to one channel. */
export function MessageList(props: MessageListProps) {
  const { channelName, conversation, waiting, me, unreadLine, older, loadOlder, actions, onAtEnd } = props;
  const { messages } = conversation;
  const phrases = usePhrases();
  const formats = useFormats();
  const [window, setWindow] = useState(() => openingWindow(messages, firstUnread(messages, me.id, unreadLine)));
  const [jump, setJump] = useState<Jump>({ to: 'unread' });
  const [atEnd, setAtEnd] = useState(false);
  const [far, setFar] = useState(false);
  const lastNumber = messages.at(-1)?.number ?? 0;
  const [seenNumber, setSeenNumber] = useState(lastNumber);
  if (atEnd && seenNumber < lastNumber) setSeenNumber(lastNumber);

  const fitting = bounded(window, messages, atEnd);
  if (fitting !== window) setWindow(fitting);
  const range = rangeOf(fitting, messages);
  const endsAtNewest = range.end === messages.length;

  const toNewest = useCallback(() => {
    setWindow(newestWindow(messages));
    setJump({ to: 'end' });
    setAtEnd(true);
  }, [messages]);

  // Sending always jumps to the latest.
  const newestOrder = waiting.at(-1)?.order ?? 0;
  const jumpedOrder = useRef(newestOrder);
  useLayoutEffect(() => {
    if (newestOrder <= jumpedOrder.current) return;
    jumpedOrder.current = newestOrder;
    toNewest();
  }, [newestOrder, toNewest]);

  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onPosition = ({ above, below, viewport }: ScrollPosition) => {
    const margin = Math.min(viewport * 0.75, 600);
    if (above < margin) {
      if (range.start > 0) setWindow(extendedUp(fitting, messages));
      else if (older === 'more') loadOlder();
    } else if (below < margin && !endsAtNewest) setWindow(extendedDown(fitting, messages));
    setFar(below > viewport * 1.5 || !endsAtNewest);
    clearTimeout(leaving.current);
    if (endsAtNewest && below <= atEndWithin) setAtEnd(true);
    else leaving.current = setTimeout(() => setAtEnd(false), leavingEndMs);
  };
  useEffect(() => () => clearTimeout(leaving.current), []);
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  useEscape(toNewest);

  const days = messageRows({
    conversation,
    range,
    waiting: endsAtNewest ? waiting : [],
    me,
    readNumber: unreadLine,
    unknownAuthor: phrases.messages.someone,
  });
  const held = heldAfter(waiting);
  const now = Date.now();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows go from row to row inside it
    <div className="message-list" onKeyDown={moveBetweenRows}>
      <ScrollKeeper
        label={phrases.messages.log(channelName)}
        jump={jump}
        endsAtNewest={endsAtNewest}
        onPosition={onPosition}
      >
        <HistoryStart channelName={channelName} state={range.start > 0 ? 'more' : older} retry={loadOlder} />
        {days.map(({ day, rows }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
          <div key={day} role="group" className="message-day" aria-label={dayName(day, now, phrases, formats)}>
            <div className="day-line" aria-hidden="true">
              <time>{dayName(day, now, phrases, formats)}</time>
            </div>
            {rows.map(({ key, ...row }) => (
              <MessageItem key={key} {...row} held={(row.entry?.order ?? 0) > held} actions={actions} />
            ))}
          </div>
        ))}
      </ScrollKeeper>
      {!atEnd && (far || lastNumber > seenNumber) && <NewestPill count={lastNumber - seenNumber} onPress={toNewest} />}
    </div>
  );
}

/** Esc, where nothing open takes it, goes to the newest. */
function useEscape(action: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      if (document.querySelector('dialog[open], [popover]:popover-open') === null) action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [action]);
}
