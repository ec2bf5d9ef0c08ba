import { answerFromRelease } from './answer-from-release.ts';
import { installRelease, keepLanguage, tidyReleases } from './release-cache.ts';
import './push-notices.ts';

declare const self: ServiceWorkerGlobalScope;

// Each concern listens for itself: what isn't about the page's files has a file of its own beside this one.
self.addEventListener('install', (event) => {
  // At once: the pages that are open go on with their own release, which is kept, and the next one gets the new.
  event.waitUntil(installRelease().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(tidyReleases().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (typeof event.data?.language === 'string') event.waitUntil(keepLanguage(event.data.language));
});

self.addEventListener('fetch', (event) => {
  const answer = answerFromRelease(event.request, self.location.origin);
  if (answer !== undefined) event.respondWith(answer);
});
