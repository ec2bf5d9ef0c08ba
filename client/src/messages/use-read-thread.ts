import { useEffect, useRef } from 'react';
import type { Thread } from './thread.ts';

type Reading = { thread: Thread; attention: boolean; atEnd: boolean; markRead(readNumber: number): Promise<unknown> };

/** Read means seen: focused, visible, at the end. Only what is followed can be unread. */
export function useReadThread({ thread, attention, atEnd, markRead }: Reading): void {
  const lastNumber = thread.messages.at(-1)?.threadNumber ?? 0;
  const marked = useRef(0);
  const due = thread.following && attention && atEnd && lastNumber > Math.max(thread.readNumber, marked.current);
  useEffect(() => {
    if (!due) return;
    marked.current = lastNumber;
    markRead(lastNumber).catch(() => {
      marked.current = 0;
    });
  }, [due, lastNumber, markRead]);
}
