import { type Cell, createCell } from '../cell.ts';
import { loadPhrases } from './load-phrases.ts';
import { isLanguage, type Language, preferredLanguage } from './preferred-language.ts';

const storageKey = 'ronda.language';

/** The language of this device, kept on `<html lang>` too. */
export const chosenLanguage: Cell<Language> = createCell(stored() ?? preferredLanguage(navigator.languages));

/** Rejects where its phrases can't be fetched; then the language before stays. */
export async function chooseLanguage(language: Language): Promise<void> {
  await loadPhrases(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Then it holds for this page.
  }
  chosenLanguage.set(language);
}

export function keepDocumentLanguage(): void {
  const show = () => {
    const language = chosenLanguage.get();
    document.documentElement.lang = language;
    document.querySelector('link[rel="manifest"]')?.setAttribute('href', `/${language}.webmanifest`);
  };
  show();
  chosenLanguage.subscribe(show);
}

function stored(): Language | undefined {
  try {
    const language = localStorage.getItem(storageKey) ?? '';
    return isLanguage(language) ? language : undefined;
  } catch {
    return undefined;
  }
}
