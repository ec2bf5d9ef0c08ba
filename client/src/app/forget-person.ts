import { forgetEmojiHabits } from '../emoji/emoji-habits.ts';
import { dropKeptPerson } from '../kept-person.ts';
import { eraseDrafts } from '../messages/drafts.ts';

/** Erases what this device kept of somebody. `owner` names the log and the member. */
export async function forgetPerson(owner: string): Promise<void> {
  await forgetState();
  await import('../messages/outbox-storage.ts').then((outbox) => outbox.eraseOutbox(owner)).catch(() => undefined);
  await import('../notices/forget-device.ts').then((device) => device.wantNotices(owner, false)).catch(() => undefined);
  eraseDrafts(owner);
  await import('../search/recent-searches.ts')
    .then((searches) => searches.forgetSearches(owner))
    .catch(() => undefined);
  forgetEmojiHabits();
}

/** Erases what others wrote, and that anybody was signed in. What is unsent waits for whoever wrote it. */
export async function forgetState(): Promise<void> {
  // First, so that no other tab keeps anything after it has been erased.
  dropKeptPerson();
  await import('./kept-database.ts').then((kept) => kept.eraseKept()).catch(() => undefined);
  await import('../notices/forget-device.ts').then((device) => device.forgetNotices()).catch(() => undefined);
}
