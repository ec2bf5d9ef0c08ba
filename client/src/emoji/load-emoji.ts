import { type Cell, createCell } from '../cell.ts';
import { type EmojiSet, emojiSetOf } from './emoji.ts';

/** Undefined until somebody has asked for it and it has come. */
export const loadedEmoji: Cell<EmojiSet | undefined> = createCell<EmojiSet | undefined>(undefined);

let asked = false;

/** The table is as large as half the page, so it comes when first needed; a failure is tried again at the next need. */
export function loadEmoji(): void {
  if (asked) return;
  asked = true;
  import('virtual:emoji-table').then(
    ({ default: table }) => loadedEmoji.set(emojiSetOf(table)),
    () => {
      asked = false;
    },
  );
}
