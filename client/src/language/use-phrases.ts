import { useCell } from '../cell.ts';
import type { Phrases } from './en.ts';
import type { MorePhrases } from './en-more.ts';
import { createFormats, type Formats } from './formats.ts';
import { chosenLanguage } from './language.ts';
import { morePhrasesOf, phrasesOf } from './load-phrases.ts';
import { type Language, localeOf } from './preferred-language.ts';

const formats = new Map<Language, Formats>();

export function usePhrases(): Phrases {
  return phrasesOf(useCell(chosenLanguage));
}

/** For parts that load later, through `loading/`, which fetches these phrases with them. */
export function useMorePhrases(): Phrases & MorePhrases {
  return morePhrasesOf(useCell(chosenLanguage));
}

export function useFormats(): Formats {
  return formatsOf(useCell(chosenLanguage));
}

function formatsOf(language: Language): Formats {
  const known = formats.get(language);
  if (known) return known;
  const made = createFormats(localeOf(language, navigator.languages));
  formats.set(language, made);
  return made;
}
