import { type Cell, createCell } from '../cell.ts';
import { mayKeepOf } from '../kept-person.ts';

const prefix = 'ronda.draft';
export const timePrefix = 'ronda.draft-at';

/** `owner` names the log and the member, `place` the channel, and the thread where it is one. */
type DraftChange = { owner: string; place: string; text: string; byHand: boolean };

/** The last one that was kept, for whoever shows it or passes it on. */
export const draftChange: Cell<DraftChange | undefined> = createCell<DraftChange | undefined>(undefined);

/** Of this page: it goes on evenly while somebody writes, whatever is done to the device's clock. */
export function writingTime(): number {
  return Math.round(performance.timeOrigin + performance.now());
}

/** When each place was typed in last, in this page: before a draft is kept there is a moment. */
export const typedAt = new Map<string, number>();

/** What was begun and not sent, by person and channel or thread, kept on this device. */
export function readDraft(owner: string, place: string): string {
  try {
    return localStorage.getItem(`${prefix}.${owner}.${place}`) ?? '';
  } catch {
    return '';
  }
}

/** The channels with a text of theirs; one of a thread isn't counted. */
export function draftedPlaces(owner: string): string[] {
  const start = `${prefix}.${owner}.`;
  try {
    return Object.keys(localStorage).flatMap((key) => {
      const place = key.startsWith(start) ? key.slice(start.length) : '';
      return /^\d+$/.test(place) && localStorage.getItem(key)?.trim() ? [place] : [];
    });
  } catch {
    return [];
  }
}

/** `writtenAt` where it was written on another device. */
export function keepDraft(owner: string, place: string, text: string, writtenAt?: number): void {
  if (text === readDraft(owner, place)) return;
  const key = `${owner}.${place}`;
  try {
    if (mayKeepOf(owner)) {
      // That one was sent is remembered as well: it has to go from the other devices.
      localStorage.setItem(
        `${timePrefix}.${key}`,
        String(writtenAt ?? (text === '' ? writingTime() : (typedAt.get(key) ?? writingTime()))),
      );
      if (text === '') localStorage.removeItem(`${prefix}.${key}`);
      else localStorage.setItem(`${prefix}.${key}`, text);
    }
  } catch {
    // Storage full or forbidden: the draft lives as long as the page.
  }
  draftChange.set({ owner, place, text, byHand: writtenAt === undefined });
}

/** Signing out erases them, and what else was kept under that name. */
export function eraseDrafts(owner: string): void {
  eraseKeys((key) => `${key}.`.includes(`.${owner}.`));
}

/** Those of channels that one is no longer in, texts and files. */
export function eraseDraftsOutside(owner: string, channels: ReadonlySet<number>): void {
  const start = `${prefix}.${owner}.`;
  eraseKeys((key) => key.startsWith(start) && !channels.has(Number.parseInt(key.slice(start.length), 10)));
}

function eraseKeys(fits: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(localStorage)) if (fits(key)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
