import { type Cell, createCell } from '../cell.ts';
import type { emojiIndex } from './emoji-index.ts';

type EmojiIndex = typeof emojiIndex;

/** Undefined until somebody has asked for it and it has come. */
export const loadedEmoji: Cell<EmojiIndex | undefined> = createCell<EmojiIndex | undefined>(undefined);

let asked = false;

/** The table is as large as half the page, so it comes when first needed; a failure is tried again at the next need. */
export function loadEmoji(): void {
  if (asked) return;
  asked = true;
  import('./emoji-index.ts').then(
    (module) => loadedEmoji.set(module.emojiIndex),
    () => {
      asked = false;
    },
  );
}
