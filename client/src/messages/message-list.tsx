import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import type { Conversation } from './conversation.ts';
import { DateJump } from './date-jump.tsx';
import { DayLine } from './day-line.tsx';
import { dayName } from './day-name.ts';
import { HistoryEnd, HistoryStart, type PageState } from './history-ends.tsx';
import type { Jump, Target } from './jump.ts';
import { MessageItem } from './message-item.tsx';
import { firstUnread, heldAfter, messageRows } from './message-rows.ts';
import {
  bounded,
  extendedDown,
  extendedUp,
  type MessageWindow,
  newestWindow,
  openingWindow,
  rangeOf,
  windowAround,
} from './message-window.ts';
import { moveBetweenRows } from './move-between-rows.ts';
import { NewestPill } from './newest-pill.tsx';
import type { Outbox } from './outbox.ts';
import { ScrollKeeper, type ScrollPosition } from './scroll-keeper.tsx';
import type { OutboxActions } from './unsent-message.tsx';

const atEndWithin = 100;
const leavingEndMs = 150;

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
  onAtEnd(atEnd: boolean): void;
};

/** One stretch of messages. Give it a key for each: where one reads belongs to one stretch of one channel. */
export function MessageList(props: MessageListProps) {
  const { channelName, conversation, lastNumber, jump, waiting, me, unreadLine, older, newer, actions, onAtEnd } =
    props;
  const { loadOlder, loadNewer, toNewest, goTo } = props;
  const { messages } = conversation;
  const phrases = usePhrases();
  const formats = useFormats();
  const landing = () => windowFor(jump, messages, firstUnread(messages, me.id, unreadLine));
  const [window, setWindow] = useState(landing);
  const [landed, setLanded] = useState(jump);
  const [atEnd, setAtEnd] = useState(false);
  const [far, setFar] = useState(false);
  const [seenNumber, setSeenNumber] = useState(lastNumber);
  if (atEnd && seenNumber < lastNumber) setSeenNumber(lastNumber);

  let fitting = bounded(window, messages, atEnd);
  if (landed !== jump) {
    setLanded(jump);
    fitting = landing();
  }
  if (fitting !== window) setWindow(fitting);
  const range = rangeOf(fitting, messages);
  const endsAtNewest = range.end === messages.length && !conversation.newer;

  // Sending always jumps to the latest.
  const newestOrder = waiting.at(-1)?.order ?? 0;
  const jumpedOrder = useRef(newestOrder);
  useLayoutEffect(() => {
    if (newestOrder <= jumpedOrder.current) return;
    jumpedOrder.current = newestOrder;
    toNewest();
  }, [newestOrder, toNewest]);

  const leaving = useRef<{ timer: ReturnType<typeof setTimeout>; number: number }>(undefined);
  const onPosition = ({ above, below, viewport }: ScrollPosition) => {
    const margin = Math.max(viewport, 800);
    if (above < margin) {
      if (range.start > 0) setWindow(extendedUp(fitting, messages));
      else if (older === 'more') loadOlder();
    }
    if (below < margin) {
      if (range.end < messages.length) setWindow(extendedDown(fitting, messages));
      else if (newer === 'more') loadNewer();
    }
    setFar(below > viewport * 1.5 || !endsAtNewest);
    clearTimeout(leaving.current?.timer);
    if (endsAtNewest && below <= atEndWithin) {
      leaving.current = undefined;
      setAtEnd(true);
      return;
    }
    // What comes while it isn't certain yet hasn't been seen.
    const number = leaving.current?.number ?? lastNumber;
    const leave = () => {
      setAtEnd(false);
      if (atEnd) setSeenNumber(number);
    };
    leaving.current = { timer: setTimeout(leave, leavingEndMs), number };
  };
  useEffect(() => () => clearTimeout(leaving.current?.timer), []);
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
  const target = jump.to === 'message' ? jump.id : undefined;
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
            <DayLine day={day} name={dayName(day, now, phrases, formats)} />
            {rows.map(({ key, ...row }) => (
              <MessageItem
                key={key}
                {...row}
                target={row.message !== undefined && row.message.id === target}
                held={(row.entry?.order ?? 0) > held}
                actions={actions}
              />
            ))}
          </div>
        ))}
        {!endsAtNewest && <HistoryEnd state={range.end < messages.length ? 'more' : newer} retry={loadNewer} />}
      </ScrollKeeper>
      <DateJump goTo={goTo} />
      {!atEnd && (far || lastNumber > seenNumber) && <NewestPill count={lastNumber - seenNumber} onPress={toNewest} />}
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
