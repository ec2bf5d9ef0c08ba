import { useState } from 'react';

type Reading = {
  attention: boolean;
  readNumber: number;
  readGeneration: number;
  lastNumber: number;
  othersUnread: boolean;
};

/**
 * The number after which the line "new" stands, or undefined for none. Frozen while the channel is open; whoever looks
 * away and finds new messages on coming back gets a line before them, and who marks them unread one where they did.
 */
export function useUnreadLine({
  attention,
  readNumber,
  readGeneration,
  lastNumber,
  othersUnread,
}: Reading): number | undefined {
  const [line, setLine] = useState(othersUnread ? readNumber : undefined);
  const [generation, setGeneration] = useState(readGeneration);
  if (generation !== readGeneration) {
    setGeneration(readGeneration);
    setLine(readNumber);
  }
  const [before, setBefore] = useState(attention);
  if (attention !== before) {
    setBefore(attention);
    if (!attention && readNumber >= lastNumber) setLine(lastNumber);
    if (attention && line !== undefined && lastNumber <= line) setLine(undefined);
  }
  return line;
}
