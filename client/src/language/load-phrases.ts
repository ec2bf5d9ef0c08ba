import type { Phrases } from './en.ts';
import type { Language } from './preferred-language.ts';

const loaded: Partial<Record<Language, Phrases>> = {};

const loaders: Record<Language, () => Promise<Phrases>> = {
  en: () => import('./en.ts').then((module) => module.en),
  es: () => import('./es.ts').then((module) => module.es),
};

/** Nobody reads two languages at once: each is fetched when it is first wanted. */
export async function loadPhrases(language: Language): Promise<void> {
  loaded[language] ??= await loaders[language]();
}

export function phrasesOf(language: Language): Phrases {
  const phrases = loaded[language];
  if (phrases === undefined) throw new Error(`Load ${language} before it is chosen.`);
  return phrases;
}
