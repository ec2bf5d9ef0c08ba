import { useState } from 'react';
import { useCell } from '../cell.ts';
import { later } from '../design/later.tsx';
import { withPhrases } from '../loading/with-phrases.ts';
import { emojiRequest } from './pick-emoji.ts';

const EmojiPopover = later(withPhrases(async () => (await import('./emoji-popover.tsx')).EmojiPopover));

/** Where the picker opens: it loads when the first emoji is wanted, and stays. */
export function EmojiPlace() {
  const wanted = useCell(emojiRequest) !== undefined;
  const [used, setUsed] = useState(wanted);
  if (wanted && !used) setUsed(true);
  return used && <EmojiPopover />;
}
