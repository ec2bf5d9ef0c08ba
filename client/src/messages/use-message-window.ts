import { useEffect, useRef, useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import type { PageState } from './history-ends.tsx';
import type { Jump } from './jump.ts';
import { bounded, extendedDown, extendedUp, type MessageWindow, rangeOf } from './message-window.ts';
import type { ScrollPosition } from './scroll-keeper.tsx';

const atEndWithin = 100;
const leavingEndMs = 150;

type Showing = {
  messages: readonly Message[];
  jump: Jump;
  /** The window that a jump opens. */
  landing(): MessageWindow;
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
  const endsAtNewest = range.end === messages.length && newer === 'none';

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

  const missed = lastNumber - seenNumber;
  return { range, endsAtNewest, atEnd, onPosition, missed, isAway: !atEnd && (far || missed > 0) };
}
