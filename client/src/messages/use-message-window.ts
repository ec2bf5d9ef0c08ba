import { startTransition, useEffect, useRef, useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import type { PageState } from './history-ends.tsx';
import type { Jump } from './jump.ts';
import {
  bounded,
  extendedDown,
  extendedUp,
  firstPart,
  grown,
  type MessageWindow,
  overlap,
  rangeOf,
  windowSize,
} from './message-window.ts';
import type { ScrollPosition } from './scroll-keeper.tsx';

/** A row of one line with some room: so many fill the view at least, where they are that short. */
const rowHeight = 56;
const atEndWithin = 100;
const leavingEndMs = 150;
const idleMs = 50;
const patienceMs = 1_000;

type Showing = {
  messages: readonly Message[];
  jump: Jump;
  /** The window that a jump opens, and the message at which it does if it isn't the end. */
  landing(): { whole: MessageWindow; at: number | undefined };
  /** Of the newest message there is, shown here or not. */
  lastNumber: number;
  older: PageState;
  newer: PageState;
  loadOlder(): void;
  loadNewer(): void;
};

/** The part of the loaded messages that is shown as one scrolls, and what came in since one was at the end. */
export function useMessageWindow(showing: Showing) {
  const { messages, jump, landing, lastNumber, older, newer, loadOlder, loadNewer } = showing;
  const open = () => {
    const { whole, at } = landing();
    return { jump, whole, first: firstPart(whole, messages, at, Math.ceil(innerHeight / rowHeight)) };
  };
  /** `whole` is what is to be shown in the end: first what fits the screen, then more of it while nothing else is to do. */
  const [opened, setOpened] = useState<{ jump: Jump; whole: MessageWindow | undefined; first: MessageWindow }>(open);
  const [window, setWindow] = useState(opened.first);
  const [atEnd, setAtEnd] = useState(false);
  const [far, setFar] = useState(false);
  const [seenNumber, setSeenNumber] = useState(lastNumber);
  if (atEnd && seenNumber < lastNumber) setSeenNumber(lastNumber);

  let fitting = bounded(window, messages, atEnd);
  let { whole } = opened;
  if (opened.jump !== jump) {
    const again = open();
    setOpened(again);
    whole = again.whole;
    fitting = overlap(fitting, whole, again.first, messages);
  }
  if (fitting !== window) setWindow(fitting);
  const more = whole && grown(fitting, whole, messages);
  const growing = more !== undefined;
  if (!growing && opened.whole !== undefined && opened.jump === jump) setOpened({ ...opened, whole: undefined });
  const { from, to } = more ?? fitting;
  useEffect(() => {
    if (!growing) return;
    return whenIdle(() => startTransition(() => setWindow({ from, to })));
  }, [growing, from, to]);
  const range = rangeOf(fitting, messages);
  const endsAtNewest = range.end === messages.length && newer === 'none';

  const leaving = useRef<{ timer: ReturnType<typeof setTimeout>; number: number }>(undefined);
  const onPosition = ({ above, below, viewport }: ScrollPosition) => {
    const margin = growing ? viewport / 4 : Math.max(viewport, 800);
    const step = growing ? 2 * windowSize.piece : windowSize.step;
    if (above < margin) {
      if (range.start > 0) setWindow(extendedUp(fitting, messages, step));
      else if (older === 'more') loadOlder();
    }
    if (below < margin) {
      if (range.end < messages.length) setWindow(extendedDown(fitting, messages, step));
      else if (newer === 'more') loadNewer();
    }
    setFar(!growing && (below > viewport * 1.5 || !endsAtNewest));
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

  const missed = lastNumber - seenNumber;
  return { range, endsAtNewest, atEnd, onPosition, missed, isAway: !atEnd && (far || missed > 0) };
}

/** Not where the browser has no such notion (Safari): then a pause has to do. Returns what ends the waiting. */
function whenIdle(task: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(task, idleMs);
    return () => clearTimeout(timer);
  }
  const waiting = requestIdleCallback(task, { timeout: patienceMs });
  return () => cancelIdleCallback(waiting);
}
