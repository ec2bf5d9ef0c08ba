import type { MessageNotice } from '../../../shared/notice-payload.ts';
import type { noticeWordsEn } from '../language/notice-words-en.ts';

/** What a shown notice knows of itself. */
export type NoticeData = { path: string; channel: number; message: number; count: number };

export type NoticeWords = typeof noticeWordsEn;

type Notice = Pick<MessageNotice, 'tag' | 'channel' | 'message' | 'author' | 'place' | 'text' | 'count'>;
/** The page's types don't know this one yet. */
type Options = NotificationOptions & { renotify?: boolean };

const icon = '/icon-192.png';
const shownCache = 'ronda.notices';

/**
 * Shows a message's notice, by the page or by the service worker, whichever is first: what this device has shown once it
 * doesn't show again. False where it has.
 */
export async function showNotice(
  registration: ServiceWorkerRegistration,
  notice: Notice,
  words: NoticeWords,
  silent: boolean,
): Promise<boolean> {
  const { tag, channel, message, author, place, text } = notice;
  const [before] = await registration.getNotifications({ tag });
  const known = before?.data as NoticeData | undefined;
  if (message <= Math.max(known?.message ?? 0, await shownUpTo(tag))) return false;
  await noteShown(tag, message);
  const count = notice.count + (known?.count ?? 0);
  const more = count > 1 ? [words.more.replace('{n}', String(count - 1))] : [];
  const data: NoticeData = { path: pathTo(notice), channel, message, count };
  const options: Options = { tag, data, icon, badge: icon, silent, renotify: true };
  await registration.showNotification(place === '' ? author : `${author} · ${place}`, {
    ...options,
    body: [text === '' ? words.newMessage : text, ...more].join('\n'),
  });
  return true;
}

export function showTest(registration: ServiceWorkerRegistration, words: NoticeWords, silent: boolean): Promise<void> {
  const options: Options = { tag: 'test', body: words.testText, icon, badge: icon, silent, renotify: true };
  return registration.showNotification(words.testTitle, { ...options, data: { path: '/' } });
}

export async function closeNotices(
  registration: ServiceWorkerRegistration,
  isToClose: (tag: string, data: Partial<NoticeData>) => boolean,
): Promise<void> {
  for (const notice of await registration.getNotifications())
    if (isToClose(notice.tag, (notice.data ?? {}) as Partial<NoticeData>)) notice.close();
}

/** A thread stands beside its channel. */
function pathTo({ tag, channel, message }: Notice): string {
  const thread = /^thread-(\d+)$/.exec(tag)?.[1];
  return thread === undefined ? `/c/${channel}/m/${message}` : `/channels/${channel}?thread=${thread}`;
}

/** Up to which message of a place this device has shown notices, also where they were put away since. */
async function shownUpTo(tag: string): Promise<number> {
  const known = await caches.match(`/${tag}`, { cacheName: shownCache }).catch(() => undefined);
  return known === undefined ? 0 : Number(await known.text());
}

async function noteShown(tag: string, message: number): Promise<void> {
  const cache = await caches.open(shownCache).catch(() => undefined);
  await cache?.put(`/${tag}`, new Response(String(message))).catch(() => undefined);
}
