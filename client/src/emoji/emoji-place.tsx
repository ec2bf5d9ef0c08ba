import { useEffect, useState } from 'react';
import { useCell } from '../cell.ts';
import { later } from '../design/later.tsx';
import { withPhrases } from '../loading/with-phrases.ts';
import { emojiRequest } from './pick-emoji.ts';

const EmojiPopover = later(withPhrases(async () => (await import('./emoji-popover.tsx')).EmojiPopover));

/** Where the picker opens: it loads when the first emoji is wanted, and again with the next one where that fails. */
export function EmojiPlace() {
  const request = useCell(emojiRequest);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (request === undefined || ready) return;
    EmojiPopover.load().then(
      () => setReady(true),
      () => {
        request.answer(undefined);
        if (emojiRequest.get() === request) emojiRequest.set(undefined);
      },
    );
  }, [request, ready]);
  return ready && <EmojiPopover />;
}
