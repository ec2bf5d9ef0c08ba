import { useState } from 'react';

type Reading = { attention: boolean; readNumber: number; lastNumber: number; othersUnread: boolean };

/**
 * The number after which the line "new" stands, or undefined for none. Frozen while the channel is open; whoever looks
 * away and finds new messages on coming back gets a line before them.
 */
export function useUnreadLine({ attention, readNumber, lastNumber, othersUnread }: Reading): number | undefined {
  const [line, setLine] = useState(othersUnread ? readNumber : undefined);
  const [before, setBefore] = useState(attention);
  if (attention !== before) {
    setBefore(attention);
    if (!attention && readNumber >= lastNumber) setLine(lastNumber);
    if (attention && line !== undefined && lastNumber <= line) setLine(undefined);
  }
  return line;
}
