import type { Phrases } from './en.ts';
import type { MorePhrases } from './en-more.ts';
import type { Language } from './preferred-language.ts';

const phrases: Partial<Record<Language, Phrases>> = {};
const morePhrases: Partial<Record<Language, Phrases & MorePhrases>> = {};
let moreAreWanted = false;

const loaders: Record<Language, () => Promise<Phrases>> = {
  en: () => import('./en.ts').then((module) => module.en),
  es: () => import('./es.ts').then((module) => module.es),
};
const moreLoaders: Record<Language, () => Promise<MorePhrases>> = {
  en: () => import('./en-more.ts').then((module) => module.moreEn),
  es: () => import('./es-more.ts').then((module) => module.moreEs),
};

/** Nobody reads two languages at once: each is fetched when it is first wanted. */
export async function loadPhrases(language: Language): Promise<void> {
  phrases[language] ??= await loaders[language]();
  if (moreAreWanted) await loadMorePhrases(language);
}

/** What only parts that load later say. From the first of them on it comes with each language that is chosen. */
export async function loadMorePhrases(language: Language): Promise<void> {
  moreAreWanted = true;
  if (morePhrases[language] !== undefined) return;
  const more = await moreLoaders[language]();
  morePhrases[language] = { ...phrasesOf(language), ...more };
}

export function phrasesOf(language: Language): Phrases {
  return present(phrases[language], language);
}

export function morePhrasesOf(language: Language): Phrases & MorePhrases {
  return present(morePhrases[language], language);
}

/** Undefined until a part that loads later, or a refusal, has wanted them. */
export function loadedMorePhrasesOf(language: Language): MorePhrases | undefined {
  return morePhrases[language];
}

function present<T>(loaded: T | undefined, language: Language): T {
  if (loaded === undefined) throw new Error(`Load ${language} before it is shown.`);
  return loaded;
}
