import { useCell } from '../cell.ts';
import type { Phrases } from './en.ts';
import { createFormats, type Formats } from './formats.ts';
import { chosenLanguage } from './language.ts';
import { phrasesOf } from './load-phrases.ts';
import { type Language, localeOf } from './preferred-language.ts';

const formats = new Map<Language, Formats>();

export function usePhrases(): Phrases {
  return phrasesOf(useCell(chosenLanguage));
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
