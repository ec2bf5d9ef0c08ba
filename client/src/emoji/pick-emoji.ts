import { type Cell, createCell } from '../cell.ts';

type EmojiRequest = { anchor: HTMLElement; answer(emoji: string | undefined): void };

/** Who waits for an emoji to be picked. */
export const emojiRequest: Cell<EmojiRequest | undefined> = createCell<EmojiRequest | undefined>(undefined);

/** Opens the picker beside `anchor`; resolves with what was picked, or undefined where it was closed. */
export function pickEmoji(anchor: HTMLElement): Promise<string | undefined> {
  return new Promise((resolve) => {
    emojiRequest.get()?.answer(undefined);
    emojiRequest.set({ anchor, answer: resolve });
  });
}
