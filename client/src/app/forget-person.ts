import { forgetEmojiHabits } from '../emoji/emoji-habits.ts';
import { dropKeptPerson, keptPerson, mayKeepOf, ownerOf } from '../kept-person.ts';
import { eraseDrafts } from '../messages/drafts.ts';

const unfinished = 'ronda.to-forget';

/** Notes whom this device is to forget, so that a page which is closed before it is done goes on with it. */
export function toForget(owner: string): void {
  try {
    localStorage.setItem(unfinished, owner);
  } catch {
    // Then little was kept.
  }
}

/** Erases what this device kept of somebody. `owner` names the log and the member. */
export async function forgetPerson(owner: string): Promise<void> {
  toForget(owner);
  // At once, before the next person can be shown anything; the page adds nothing for whoever isn't kept.
  dropKeptPerson();
  eraseDrafts(owner);
  forgetEmojiHabits();
  const unsent = import('../messages/outbox-storage.ts').then(async ({ eraseOutbox }) => {
    if (!mayKeepOf(owner)) await eraseOutbox(owner);
  });
  const erased = await Promise.allSettled([eraseState(), unsent]);
  if (erased.every(({ status }) => status === 'fulfilled')) forgotten();
}

/** Goes on where a page was closed; to be called before anything is shown. */
export function finishForgetting(out: boolean): void {
  try {
    const owner = localStorage.getItem(unfinished);
    const person = keptPerson();
    if (owner === null) return;
    if (out || person === undefined) void forgetPerson(owner);
    else if (ownerOf(person) === owner) forgotten(); // they are back
  } catch {
    // Nothing was kept.
  }
}

function forgotten(): void {
  try {
    localStorage.removeItem(unfinished);
  } catch {
    // Nothing was noted.
  }
}

/** Erases what others wrote, and that anybody was signed in. What is unsent waits for whoever wrote it. */
export async function forgetState(): Promise<void> {
  // First, so that no other tab keeps anything after it has been erased.
  dropKeptPerson();
  await eraseState().catch(() => undefined);
}

async function eraseState(): Promise<void> {
  await Promise.all([
    import('./kept-database.ts').then((kept) => kept.eraseKept()),
    import('../notices/forget-device.ts').then((device) => device.forgetNotices()),
  ]);
}
