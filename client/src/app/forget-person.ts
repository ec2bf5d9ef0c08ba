import { forgetEmojiHabits } from '../emoji/emoji-habits.ts';
import { dropKeptPerson } from '../kept-person.ts';
import { eraseDrafts } from '../messages/drafts.ts';

/** Erases what this device kept of somebody. `owner` names the log and the member. */
export async function forgetPerson(owner: string): Promise<void> {
  // At once, before the next person can be shown anything; the page adds nothing for whoever isn't kept.
  dropKeptPerson();
  eraseDrafts(owner);
  forgetEmojiHabits();
  await forgetState();
  await import('../messages/outbox-storage.ts').then((outbox) => outbox.eraseOutbox(owner)).catch(() => undefined);
  await import('../notices/forget-device.ts').then((device) => device.wantNotices(owner, false)).catch(() => undefined);
  await import('../search/recent-searches.ts')
    .then((searches) => searches.forgetSearches(owner))
    .catch(() => undefined);
}

/** Erases what others wrote, and that anybody was signed in. What is unsent waits for whoever wrote it. */
export async function forgetState(): Promise<void> {
  // First, so that no other tab keeps anything after it has been erased.
  dropKeptPerson();
  await import('./kept-database.ts').then((kept) => kept.eraseKept()).catch(() => undefined);
  await import('../notices/forget-device.ts').then((device) => device.forgetNotices()).catch(() => undefined);
}
