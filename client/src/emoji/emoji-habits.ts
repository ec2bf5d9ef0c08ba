import { type Cell, createCell } from '../cell.ts';

/** What this device remembers of how somebody uses emoji. `tone` is 0 for the yellow ones, then 1 to 5. */
type EmojiHabits = { recent: readonly string[]; tone: number };

const storageKey = 'ronda.emoji';
const recentKept = 18;
const none: EmojiHabits = { recent: [], tone: 0 };

export const emojiHabits: Cell<EmojiHabits> = createCell(stored());

export function rememberEmoji(emoji: string): void {
  const { recent, tone } = emojiHabits.get();
  keep({ recent: [emoji, ...recent.filter((other) => other !== emoji)].slice(0, recentKept), tone });
}

export function chooseTone(tone: number): void {
  keep({ ...emojiHabits.get(), tone });
}

/** Signing out forgets them. */
export function forgetEmojiHabits(): void {
  emojiHabits.set(none);
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
}

function keep(habits: EmojiHabits): void {
  emojiHabits.set(habits);
  try {
    localStorage.setItem(storageKey, JSON.stringify(habits));
  } catch {
    // Then they hold for this page.
  }
}

function stored(): EmojiHabits {
  try {
    const { recent, tone } = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<EmojiHabits>;
    return {
      recent: Array.isArray(recent) ? recent.filter((emoji) => typeof emoji === 'string').slice(0, recentKept) : [],
      tone: Number.isInteger(tone) && tone !== undefined && tone >= 0 && tone <= 5 ? tone : 0,
    };
  } catch {
    return none;
  }
}
