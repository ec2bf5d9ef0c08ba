import { forgetEmojiHabits } from '../emoji/emoji-habits.ts';
import { eraseDrafts } from '../messages/drafts.ts';
import { eraseOutbox } from '../messages/outbox-storage.ts';

/** Erases what this device kept of somebody. `owner` names the log and the member. */
export async function forgetPerson(owner: string): Promise<void> {
  await eraseOutbox(owner).catch(() => undefined);
  eraseDrafts(owner);
  forgetEmojiHabits();
}
