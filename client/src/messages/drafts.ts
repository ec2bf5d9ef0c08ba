import { mayKeepOf } from '../kept-person.ts';

const prefix = 'ronda.draft';

/** What was begun and not sent, by person and channel or thread, kept on this device. `owner` names the log and the member. */
export function readDraft(owner: string, place: string): string {
  try {
    return localStorage.getItem(`${prefix}.${owner}.${place}`) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(owner: string, place: string, text: string): void {
  const key = `${prefix}.${owner}.${place}`;
  try {
    if (!mayKeepOf(owner)) return;
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Storage full or forbidden: the draft lives as long as the page.
  }
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
