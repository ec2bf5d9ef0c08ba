import { chosenLanguage } from '../language/language.ts';
import { watchInstalling } from './install-prompt.ts';
import { watchRelease } from './watch-release.ts';

/** All parts of the page are fetched then: not beside the first look. */
const afterMs = 2_000;

/**
 * Has the browser keep the page, so that it opens without a network. Only secure contexts have service workers: at plain
 * HTTP on a LAN everything else works, and the page comes from the network each time.
 */
export async function keepPage(): Promise<void> {
  watchInstalling();
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const registration = await workers?.register('/service-worker.js').catch(() => undefined);
  watchRelease(registration);
  if (registration === undefined) return;
  const tellLanguage = () => {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    worker?.postMessage({ language: chosenLanguage.get() });
  };
  tellLanguage();
  chosenLanguage.subscribe(tellLanguage);
}
