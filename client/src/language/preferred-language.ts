export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

/** The first of the person's languages that we speak. */
export function preferredLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const language = preference.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** For dates and numbers: the person's own region where it fits the language. */
export function localeOf(language: Language, preferences: readonly string[]): string {
  return preferences.find((preference) => preference.toLowerCase().startsWith(language)) ?? language;
}

export function isLanguage(value: string): value is Language {
  return value in languages;
}
