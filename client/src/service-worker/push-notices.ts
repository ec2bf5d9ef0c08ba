import type { NoticePayload } from '../../../shared/notice-payload.ts';
import { noticeWordsEn } from '../language/notice-words-en.ts';
import { noticeWordsEs } from '../language/notice-words-es.ts';
import { closeNotices, type NoticeWords, showNotice, showTest } from '../notices/show-notice.ts';

declare const self: ServiceWorkerGlobalScope;

const answerMs = 1_000;

self.addEventListener('push', (event) => {
  const payload = payloadOf(event.data);
  if (payload !== undefined) event.waitUntil(show(payload));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path = '/' } = (event.notification.data ?? {}) as { path?: string };
  event.waitUntil(goTo(path));
});

// The browser has another address for this device; the language is put right when the page is next opened.
self.addEventListener('pushsubscriptionchange', (event) => {
  const change = event as Event & { oldSubscription?: PushSubscription; newSubscription?: PushSubscription };
  (event as ExtendableEvent).waitUntil(subscribeAgain(change));
});

/** A browser wants something shown for each push, unless the page itself is in view. */
async function show(payload: NoticePayload): Promise<void> {
  const words: NoticeWords = payload.language === 'es' ? noticeWordsEs : noticeWordsEn;
  const { registration } = self;
  if (payload.kind === 'test') return showTest(registration, words, !payload.sound);
  await closeNotices(registration, (tag) => payload.withdrawn.includes(tag));
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some(({ focused }) => focused)) return;
  await showNotice(registration, payload, words, !payload.sound);
}

/** A page that is open goes there by itself, without losing what is in it; else there is a new one. */
async function goTo(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  const inView = (page: WindowClient) => (page.focused ? 2 : page.visibilityState === 'visible' ? 1 : 0);
  for (const page of pages.toSorted((one, other) => inView(other) - inView(one)))
    if (await takes(page, path)) {
      await page.focus().catch(() => undefined);
      return;
    }
  await self.clients.openWindow(path);
}

/** Only a page in which somebody is signed in answers. */
function takes(page: WindowClient, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), answerMs);
    page.postMessage({ kind: 'open-notice', path }, [port2]);
  });
}

type Change = { oldSubscription?: PushSubscription; newSubscription?: PushSubscription };

async function subscribeAgain({ oldSubscription, newSubscription }: Change): Promise<void> {
  const options = oldSubscription?.options;
  const subscription =
    newSubscription ??
    (options && (await self.registration.pushManager.subscribe(options as PushSubscriptionOptionsInit)));
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  if (endpoint === undefined || keys === undefined) return;
  const language = navigator.language.startsWith('es') ? 'es' : 'en';
  const body = JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth, language });
  await fetch('/trpc/notices.subscribe', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
}

function payloadOf(data: PushMessageData | null): NoticePayload | undefined {
  try {
    return data?.json() as NoticePayload | undefined;
  } catch {
    return undefined;
  }
}
