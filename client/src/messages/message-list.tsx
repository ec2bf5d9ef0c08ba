import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import type { Conversation } from './conversation.ts';
import { DateJump } from './date-jump.tsx';
import { DayLine } from './day-line.tsx';
import { dayName } from './day-name.ts';
import { HistoryEnd, HistoryStart, type PageState } from './history-ends.tsx';
import type { Jump, Target } from './jump.ts';
import { MessageItem } from './message-item.tsx';
import { firstUnread, heldAfter, messageRows, waitsFor } from './message-rows.ts';
import { type MessageWindow, newestWindow, openingWindow, windowAround } from './message-window.ts';
import { moveBetweenRows } from './move-between-rows.ts';
import { NewestPill } from './newest-pill.tsx';
import type { Outbox } from './outbox.ts';
import { isChangeOnly } from './outbox-changes.ts';
import { ScrollKeeper } from './scroll-keeper.tsx';
import type { OutboxActions } from './unsent-message.tsx';
import { useMessageWindow } from './use-message-window.ts';

type MessageListProps = {
  channelName: string;
  conversation: Conversation;
  /** Of the newest message there is, shown here or not. */
  lastNumber: number;
  jump: Jump;
  waiting: Outbox;
  me: Person;
  unreadLine: number | undefined;
  older: PageState;
  newer: PageState;
  loadOlder(): void;
  loadNewer(): void;
  toNewest(): void;
  goTo(target: Target): void;
  actions: OutboxActions;
  online: boolean;
  onAtEnd(atEnd: boolean): void;
};

/** One stretch of messages. Give it a key for each: where one reads belongs to one stretch of one channel. */
export function MessageList(props: MessageListProps) {
  const {
    channelName,
    conversation,
    lastNumber,
    jump,
    waiting,
    me,
    unreadLine,
    older,
    newer,
    actions,
    onAtEnd,
    online,
  } = props;
  const { loadOlder, loadNewer, toNewest, goTo } = props;
  const { messages } = conversation;
  const phrases = usePhrases();
  const formats = useFormats();
  const unreadId = firstUnread(messages, me.id, unreadLine);
  const landing = () => ({
    whole: windowFor(jump, messages, unreadId),
    at: jump.to === 'unread' ? unreadId : 'id' in jump ? jump.id : undefined,
  });
  const window = useMessageWindow({ messages, jump, landing, lastNumber, older, newer, loadOlder, loadNewer });
  const { range, endsAtNewest, atEnd } = window;

  // Sending always jumps to the latest.
  const newestOrder = waiting.findLast((entry) => !isChangeOnly(entry))?.order ?? 0;
  const jumpedOrder = useRef(newestOrder);
  useLayoutEffect(() => {
    if (newestOrder <= jumpedOrder.current) return;
    jumpedOrder.current = newestOrder;
    toNewest();
  }, [newestOrder, toNewest]);

  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  useEscape(toNewest);

  const days = messageRows({
    conversation,
    range,
    waiting: endsAtNewest ? waiting : [],
    me,
    unreadId,
    unknownAuthor: phrases.messages.someone,
  });
  const held = heldAfter(waiting);
  const target = jump.to === 'message' ? jump.id : undefined;
  const now = Date.now();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows go from row to row inside it
    <div className="message-list" onKeyDown={moveBetweenRows}>
      <ScrollKeeper
        label={phrases.messages.log(channelName)}
        jump={jump}
        endsAtNewest={endsAtNewest}
        onPosition={window.onPosition}
      >
        <HistoryStart
          channelName={channelName}
          empty={messages.length === 0 && waiting.length === 0}
          state={range.start > 0 ? 'more' : older}
          retry={loadOlder}
        />
        {days.map(({ day, rows }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
          <div key={day} role="group" className="message-day" aria-label={dayName(day, now, phrases, formats)}>
            <DayLine day={day} name={dayName(day, now, phrases, formats)} />
            {rows.map(({ key, ...row }) => (
              <MessageItem
                key={key}
                {...row}
                target={row.message !== undefined && row.message.id === target}
                waits={waitsFor(row.entry, held, online)}
                actions={actions}
              />
            ))}
          </div>
        ))}
        {!endsAtNewest && <HistoryEnd state={range.end < messages.length ? 'more' : newer} retry={loadNewer} />}
      </ScrollKeeper>
      <DateJump goTo={goTo} />
      {window.isAway && <NewestPill count={window.missed} onPress={toNewest} />}
    </div>
  );
}

function windowFor(jump: Jump, messages: Conversation['messages'], unreadId: number | undefined): MessageWindow {
  switch (jump.to) {
    case 'end':
      return newestWindow(messages);
    case 'unread':
      return openingWindow(messages, unreadId);
    case 'message':
    case 'first':
      return windowAround(messages, jump.id);
  }
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
