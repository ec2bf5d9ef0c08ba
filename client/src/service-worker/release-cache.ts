import { files, languages, version } from 'virtual:release';

const prefix = 'ronda.page.';
const current = `${prefix}${version}`;

/** All or nothing: a release that is replaced while it is fetched fails its check, and is fetched again later. */
export async function installRelease(): Promise<void> {
  const spoken = await languagesKept();
  const known = await caches.has(current);
  const cache = await caches.open(current);
  const paths = spoken.flatMap((language) => languages[language] ?? []);
  try {
    await Promise.all([
      ...files.map(({ path, integrity }) => fetchInto(cache, path, integrity)),
      ...paths.map((path) => fetchInto(cache, path)),
    ]);
  } catch (error) {
    // Half a release isn't to be taken for the one before.
    if (!known) await caches.delete(current);
    throw error;
  }
}

/** Nobody reads two languages: the chosen one is told by the page, and remembered by what is kept. */
export async function keepLanguage(language: string): Promise<void> {
  const cache = await caches.open(current);
  for (const path of languages[language] ?? [])
    if ((await cache.match(path)) === undefined) await fetchInto(cache, path);
}

/** The release before this one stays, for pages that were opened with it and still load parts of it. */
export async function tidyReleases(): Promise<void> {
  const older = (await releasesKept()).filter((name) => name !== current);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

/** A file of this release or of the one before. */
export async function findFile(path: string): Promise<Response | undefined> {
  const findIn = (cacheName: string) => caches.match(path, { cacheName, ignoreVary: true });
  const found = await findIn(current);
  if (found !== undefined) return found;
  for (const older of (await releasesKept()).reverse()) {
    const kept = await findIn(older);
    if (kept !== undefined) return kept;
  }
  return undefined;
}

/** The oldest first. */
async function releasesKept(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(prefix));
}

async function languagesKept(): Promise<string[]> {
  const kept = new Set<string>();
  for (const name of await releasesKept())
    for (const { url } of await (await caches.open(name)).keys()) {
      const language = /\/assets\/([a-z]{2})-[\w-]+\.js$/.exec(url)?.[1];
      if (language !== undefined) kept.add(language);
    }
  return [...kept];
}

async function fetchInto(cache: Cache, path: string, integrity?: string): Promise<void> {
  const hashed = integrity === undefined;
  const answer = await fetch(path, hashed ? {} : { integrity, cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${path} is answered with ${answer.status}.`);
  await cache.put(path, answer);
}
